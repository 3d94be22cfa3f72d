package ru.elumenta.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import ru.elumenta.client.options.TimeSource;

/**
 * What the program finds around it: streams, environment, terminal.
 *
 * @param in standard input
 * @param out for results
 * @param err for everything else
 * @param environment its variables
 * @param terminal what is known of it
 * @param time by which calls and waits go
 */
record Surroundings(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Terminal terminal,
    TimeSource time) {
  private static final int WIDEST_HELP = 100;
  private static final int NARROWEST_HELP = 55; // picocli's own limit

  static Surroundings ofThisProcess() {
    Map<String, String> environment = System.getenv();
    Terminal terminal = Terminal.ofThisProcess(environment);
    Properties system = System.getProperties();
    return new Surroundings(
        System.in,
        new PrintStream(System.out, true, OutputCharset.of("stdout", terminal.isOutput(), system)),
        new PrintStream(System.err, true, OutputCharset.of("stderr", terminal.isError(), system)),
        environment,
        terminal,
        TimeSource.system());
  }

  @Nullable String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  /** Where session and journal are kept, for their owner alone. */
  Path home() {
    String own = variable("ELUMENTA_HOME");
    if (own != null) {
      return Path.of(own);
    }
    String configuration = variable(isWindows() ? "APPDATA" : "XDG_CONFIG_HOME");
    return configuration == null
        ? Path.of(System.getProperty("user.home"), ".config", "elumenta")
        : Path.of(configuration, "elumenta");
  }

  int helpWidth() {
    return Math.max(NARROWEST_HELP, Math.min(WIDEST_HELP, terminal.width()));
  }

  /** Colours are for terminals, and not for everybody (no-color.org). */
  ColorScheme colours() {
    boolean isWanted =
        terminal.isOutput()
            && variable("NO_COLOR") == null
            && !"dumb".equals(environment.get("TERM"))
            && (!isWindows() || understandsColours());
    return Help.defaultColorScheme(isWanted ? Ansi.ON : Ansi.OFF);
  }

  /** The old console of Windows prints the codes: Windows Terminal, ConEmu and shells do not. */
  private boolean understandsColours() {
    return variable("WT_SESSION") != null
        || "ON".equals(variable("ConEmuANSI"))
        || variable("TERM") != null;
  }

  private static boolean isWindows() {
    return OutputCharset.isWindows(System.getProperties());
  }
}
