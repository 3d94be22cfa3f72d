package ru.elumenta.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Asks for what must not be seen: without echo at a terminal, else a line of standard input. */
final class Secret {
  private Secret() {}

  static String ask(Surroundings around, String question) {
    Console console = around.terminal().console();
    if (console != null) {
      char[] answer = console.readPassword("%s", question);
      if (answer == null || answer.length == 0) {
        throw new UsageException("Nothing was entered. Nothing was sent.");
      }
      return new String(answer).strip();
    }
    try {
      String line =
          new BufferedReader(new InputStreamReader(around.in(), StandardCharsets.UTF_8)).readLine();
      if (line == null || line.isBlank()) {
        throw new UsageException(
            "It is asked for at a terminal, or read from standard input, which is empty. Nothing"
                + " was sent.");
      }
      return line.strip();
    } catch (IOException e) {
      throw new UsageException("Standard input cannot be read: %s", e.getMessage());
    }
  }
}
