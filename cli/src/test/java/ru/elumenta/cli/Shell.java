package ru.elumenta.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;

/** Runs commands in this JVM as a shell would, against a simulator and by its clock. */
final class Shell {
  private final Map<String, String> environment = new LinkedHashMap<>();
  private final TimeSource time;
  private String input = "";
  private Terminal terminal = Terminal.none(80);

  private Shell(TimeSource time) {
    this.time = time;
  }

  /** A command that ended. */
  record Ended(int code, String out, String err) {}

  static Shell at(ElumentaSimulator simulator, Path home) {
    Shell shell = new Shell(simulator.time());
    shell.with("ELUMENTA_BASE_URL", simulator.baseUrl());
    shell.with("ELUMENTA_API_KEY", simulator.apiKey());
    return shell.with("ELUMENTA_HOME", home.toString());
  }

  Shell with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Shell without(String variable) {
    environment.remove(variable);
    return this;
  }

  Shell typing(String text) {
    input = text;
    return this;
  }

  Shell on(Terminal other) {
    terminal = other;
    return this;
  }

  Ended run(String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Surroundings around =
        new Surroundings(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.copyOf(environment),
            terminal,
            time);
    int code = Main.run(command, around);
    return new Ended(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
