package com.example.studio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ru.elumenta.contract.ElumentaSimulator;

/** The packed application as a process of its own, which reads its key from the environment. */
final class RunningJar implements AutoCloseable {
  private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");
  private static final int PATIENCE = 120; // seconds, on a machine that does much else

  private final HttpClient browser = HttpClient.newHttpClient();
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> log = new ArrayList<>();
  private final Process process;
  private final int port;

  RunningJar(ElumentaSimulator service, List<String> jvm, String... arguments) throws Exception {
    Path jdk = jdk();
    String java = jdk.resolve("bin").resolve("java").toString();
    List<String> command = new ArrayList<>(List.of(java, "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    command.addAll(jvm);
    command.addAll(List.of("-jar", System.getProperty("application.jar"), "--server.port=0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ELUMENTA_API_KEY", service.apiKey());
    builder.environment().put("ELUMENTA_BASE_URL", service.baseUrl());
    process = builder.start();
    Thread reader = new Thread(this::read, "log of the application");
    reader.setDaemon(true);
    reader.start();
    awaitLine(Pattern.compile("using Java " + version(jdk)));
    port = Integer.parseInt(awaitLine(PORT).group(1));
  }

  /** The JDK that is wanted, if it lies beside the one that runs this. */
  private static Path jdk() throws IOException {
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    String wanted = System.getProperty("application.jdk");
    try (Stream<Path> siblings = Files.list(home.getParent())) {
      return Stream.concat(siblings.filter(jdk -> isOf(jdk, wanted)).sorted(), Stream.of(home))
          .filter(jdk -> Files.isExecutable(jdk.resolve("bin").resolve("java")))
          .findFirst()
          .orElseThrow();
    }
  }

  private static boolean isOf(Path jdk, String version) {
    return Files.exists(jdk.resolve("release")) && version(jdk).equals(version);
  }

  /** The first number of its version. */
  private static String version(Path jdk) {
    try {
      Matcher version =
          Pattern.compile("JAVA_VERSION=\"(\\d+)").matcher(Files.readString(jdk.resolve("release")));
      return version.find() ? version.group(1) : "unknown";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("The log ends: " + e);
    }
  }

  /** Waits for a line of the log that has it. */
  Matcher awaitLine(Pattern wanted) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("No " + wanted + " in:\n" + String.join("\n", log));
      }
      log.add(line);
      Matcher found = wanted.matcher(line);
      if (found.find()) {
        return found;
      }
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  String get(String path) throws Exception {
    HttpResponse<String> answer =
        browser.send(request(path).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    return answer.statusCode() + " " + answer.body();
  }

  HttpClient browser() {
    return browser;
  }

  /** SIGTERM, as from a cluster. */
  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
      throw new AssertionError("It does not end:\n" + String.join("\n", log) + lines);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
