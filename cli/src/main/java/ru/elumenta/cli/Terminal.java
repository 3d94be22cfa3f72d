package ru.elumenta.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The terminal, if there is one.
 *
 * @param isInput whether standard input is one
 * @param isOutput whether standard output is one
 * @param isError whether standard error is one: progress is shown there
 * @param width in columns
 * @param console to ask for secrets without echo; null if there is none
 */
record Terminal(
    boolean isInput, boolean isOutput, boolean isError, int width, @Nullable Console console) {
  private static final int USUAL_WIDTH = 80;
  private static final int NARROWEST = 20;
  private static final int PATIENCE_MS = 500;

  static Terminal none(int width) {
    return new Terminal(false, false, false, width, null);
  }

  static Terminal ofThisProcess(Map<String, String> environment) {
    Console console = interactive(System.console());
    boolean isOutput = is(1, console);
    boolean isError = is(2, console);
    int width = isOutput || isError ? width(environment) : USUAL_WIDTH;
    return new Terminal(is(0, console), isOutput, isError, width, console);
  }

  /** Whether a carriage return brings the cursor back: not on a dumb terminal. */
  static boolean canRedraw(Map<String, String> environment) {
    return !"dumb".equals(environment.get("TERM"));
  }

  /** From Java 22 to 24 there is a console without a terminal, too, which says so if asked. */
  private static @Nullable Console interactive(@Nullable Console console) {
    if (console == null) {
      return null;
    }
    try {
      Object isTerminal = Console.class.getMethod("isTerminal").invoke(console);
      return Boolean.TRUE.equals(isTerminal) ? console : null;
    } catch (ReflectiveOperationException e) {
      return console; // before Java 22
    }
  }

  /** The JDK tells of a console only if input and output are one; Linux tells of each. */
  private static boolean is(int descriptor, @Nullable Console console) {
    Path link = Path.of("/proc/self/fd/" + descriptor);
    if (!Files.isSymbolicLink(link)) {
      return console != null;
    }
    try {
      String target = Files.readSymbolicLink(link).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  private static int width(Map<String, String> environment) {
    String told = environment.get("COLUMNS");
    String columns = told == null || told.isBlank() ? askTerminal() : told.strip();
    try {
      return Math.max(NARROWEST, Integer.parseInt(columns));
    } catch (NumberFormatException e) {
      return USUAL_WIDTH;
    }
  }

  private static String askTerminal() {
    if (!new File("/dev/tty").exists()) {
      return "";
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!stty.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String columns = size.strip().replaceFirst(".* ", "");
      return "0".equals(columns) ? "" : columns;
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
