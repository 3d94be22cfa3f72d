package ru.elumenta.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.contract.ElumentaSimulator;

/** The program as a process of its own. */
final class Program {
  private static final int PATIENCE_S = 60;

  private final Process process;
  private final Path out;
  private final Path err;

  private Program(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Program start(ElumentaSimulator service, Path folder, String... command)
      throws IOException {
    List<String> words = new ArrayList<>(withUsualInterrupt());
    words.addAll(java());
    words.addAll(List.of(command));
    return start(service, folder, words);
  }

  /** A build in the background ignores interrupts, and its children inherit that. */
  private static List<String> withUsualInterrupt() throws IOException {
    List<String> usual = List.of("env", "--default-signal=INT");
    List<String> tried = new ArrayList<>(usual);
    tried.add("true");
    try {
      boolean works = new ProcessBuilder(tried).redirectErrorStream(true).start().waitFor() == 0;
      return works ? usual : List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it at a pseudo-terminal, which {@code script} of util-linux makes. */
  static Program atTerminal(ElumentaSimulator service, Path folder, int width, String... command)
      throws IOException {
    StringBuilder line = new StringBuilder("stty cols " + width + "; exec");
    java().forEach(word -> line.append(" '").append(word).append('\''));
    for (String word : command) {
      line.append(" '").append(word).append('\'');
    }
    return start(service, folder, List.of("script", "-qec", line.toString(), "/dev/null"));
  }

  /**
   * Starts it as a shell does that was told to by a file in UTF-8: whatever the locale of this JVM.
   *
   * @param line with {@code elumenta} for the program
   */
  static Program byShell(
      ElumentaSimulator service,
      Path folder,
      Map<String, String> environment,
      List<String> options,
      String line)
      throws IOException {
    List<String> program = new ArrayList<>(java());
    program.addAll(1, options);
    String quoted = "'" + String.join("' '", program) + "'";
    Path script = Files.createTempFile(folder, "line", ".sh");
    Files.writeString(script, line.replaceFirst("elumenta", quoted) + "\n");
    List<String> words = new ArrayList<>(List.of("env"));
    environment.forEach((name, value) -> words.add(name + "=" + value));
    words.addAll(List.of("sh", script.toString()));
    return start(service, folder, words);
  }

  private static Program start(ElumentaSimulator service, Path folder, List<String> words)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("ELUMENTA_BASE_URL", service.baseUrl());
    builder.environment().put("ELUMENTA_API_KEY", service.apiKey());
    builder.environment().put("ELUMENTA_HOME", home.toString());
    builder.environment().remove("COLUMNS");
    builder.environment().put("TERM", "xterm");
    return new Program(builder.start(), out, err);
  }

  private static List<String> java() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        "ru.elumenta.cli.Main");
  }

  /** Waits until something is true, or the program has ended. */
  Program until(BooleanSupplier isTrue) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!isTrue.getAsBoolean()) {
      if (System.nanoTime() > end || process.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It did not come to that: " + said());
      }
    }
    return this;
  }

  Program signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    return this;
  }

  Ended ended() throws InterruptedException {
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("It goes on: " + said());
    }
    return new Ended(process.exitValue(), text(out), text(err));
  }

  private String said() {
    return text(out) + text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
