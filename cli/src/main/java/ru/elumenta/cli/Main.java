package ru.elumenta.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * The program {@code elumenta}. Results go to standard output, everything else to standard error.
 * How it ends: {@link ExitCode}.
 */
public final class Main {
  private Main() {}

  /** Runs it. */
  public static void main(String[] args) {
    Surroundings around = Surroundings.ofThisProcess();
    String[] typed = args;
    try {
      typed = Arguments.asTyped(args);
    } catch (UsageException e) {
      around.err().println(e.getMessage());
      System.exit(ExitCode.USAGE);
    }
    System.exit(run(typed, around));
  }

  static int run(String[] args, Surroundings around) {
    CommandLine program = commands(around);
    PrintWriter out = new PrintWriter(around.out(), true);
    PrintWriter err = new PrintWriter(around.err(), true);
    for (CommandLine each : CommandTree.all(program)) {
      each.setOut(out);
      each.setErr(err);
    }
    int code = program.execute(args);
    out.flush();
    around.out().flush();
    around.err().flush();
    return code;
  }

  static CommandLine commands(Surroundings around) {
    CommandLine program = new CommandLine(new ElumentaCommand(), new Factory(around));
    program.setExpandAtFiles(false); // @file is a prompt
    program.setUsageHelpWidth(around.helpWidth());
    program.setColorScheme(around.colours());
    program.setExecutionExceptionHandler(new FailureReport(around));
    program.setParameterExceptionHandler(new UsageReport());
    program.setCaseInsensitiveEnumValuesAllowed(true);
    return program;
  }

  /** Gives the surroundings to commands that want them. */
  private record Factory(Surroundings around) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      try {
        return type.cast(type.getDeclaredConstructor(Surroundings.class).newInstance(around));
      } catch (NoSuchMethodException e) {
        return CommandLine.defaultFactory().create(type);
      }
    }
  }
}
