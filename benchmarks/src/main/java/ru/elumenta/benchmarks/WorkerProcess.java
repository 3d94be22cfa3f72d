package ru.elumenta.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A {@link Worker}, seen from the process that compares. */
final class WorkerProcess implements AutoCloseable {
  private final String subject;
  private final Process process;
  private final PrintStream to;
  private final BufferedReader from;

  WorkerProcess(String subject, String address, String... options) throws IOException {
    this.subject = subject;
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx768m", "-Xshare:auto"));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Worker.class.getName(),
            subject,
            address));
    this.process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    this.to = new PrintStream(process.getOutputStream(), true);
    this.from = new BufferedReader(new InputStreamReader(process.getInputStream()));
    if (!"ready".equals(from.readLine())) {
      throw new IOException(subject + " did not start");
    }
  }

  static String java() {
    return System.getProperty("java.home") + "/bin/java";
  }

  String subject() {
    return subject;
  }

  Sample warm(long millis) throws IOException {
    return ask("warm " + Scale.of(millis));
  }

  Sample run(long calls) throws IOException {
    return ask("run " + Scale.of(calls));
  }

  Sample run(long calls, int callers, boolean isVirtual) throws IOException {
    return ask((isVirtual ? "virtual " : "callers ") + Scale.of(calls) + " " + callers);
  }

  private Sample ask(String line) throws IOException {
    to.println(line);
    String answer = from.readLine();
    if (answer == null) {
      throw new IOException(subject + " failed");
    }
    return Sample.parse(answer);
  }

  @Override
  public void close() {
    to.close();
    process.destroy();
  }
}
