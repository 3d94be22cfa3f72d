package ru.elumenta.spring.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * An application in a process of its own, whose class is compiled anew while it runs: devtools
 * start it again. What it prints is read; what its JVM has is asked for with {@code jcmd}.
 */
final class DevelopedApplication implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final String CLASSES = System.getProperty("java.class.path");

  /** Begins a paid call that gets no answer, and says how things stand. */
  private static final String SOURCE =
      """
      package com.example;

      import io.micrometer.core.instrument.MeterRegistry;
      import io.micrometer.core.instrument.Metrics;
      import org.springframework.boot.*;
      import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
      import org.springframework.context.annotation.Configuration;
      import ru.elumenta.client.ElumentaCalls;
      import ru.elumenta.client.model.GenerationRequest;

      @EnableAutoConfiguration
      @Configuration(proxyBeanMethods = false)
      public class Shop implements CommandLineRunner {
        private final ElumentaCalls elumenta;
        private final MeterRegistry meters;

        public Shop(ElumentaCalls elumenta, MeterRegistry meters) {
          this.elumenta = elumenta;
          this.meters = meters;
        }

        public static void main(String[] args) {
          SpringApplication.run(Shop.class, args);
        }

        @Override
        public void run(String... args) {
          int open = elumenta.openCalls().size();
          elumenta.balance();
          elumenta.generateAsync(new GenerationRequest().model("gpt-5-nano").prompt("VERSION"));
          System.out.println("Version VERSION: " + open + " open calls, "
              + meters.get("elumenta.call").timers().stream().mapToLong(t -> t.count()).sum()
              + " timed calls, " + meters.get("elumenta.waiting.jobs").gauges().size() + " gauge, "
              + Metrics.globalRegistry.getRegistries().size() + " registry, in "
              + getClass().getClassLoader().getClass().getSimpleName());
        }
      }
      """;

  private final Path folder;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> log = new ArrayList<>();
  private Process process;

  DevelopedApplication(Path folder) {
    this.folder = folder;
  }

  /** Compiles its class; if it runs, devtools see that. */
  void compile(int version) throws IOException {
    Path source = Files.createDirectories(folder.resolve("src")).resolve("Shop.java");
    Files.writeString(source, SOURCE.replace("VERSION", String.valueOf(version)));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-classpath",
                CLASSES,
                "-d",
                Files.createDirectories(folder.resolve("app")).toString(),
                source.toString());
    if (result != 0) {
      throw new IOException("It does not compile.");
    }
  }

  /** Starts it; devtools take notice of its own class and no other. */
  void start(String... properties) throws IOException {
    Path settings = folder.resolve("app/META-INF/spring-devtools.properties");
    Files.createDirectories(settings.getParent());
    Files.writeString(settings, "restart.exclude.build=/target/[a-z-]+/$\n");
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.add("-Xmx256m");
    command.add("-XX:SoftRefLRUPolicyMSPerMB=0"); // softly referenced caches of Spring are no leak
    command.add("-Dspring.main.keep-alive=true");
    command.add("-Dspring.devtools.restart.poll-interval=200ms");
    command.add("-Dspring.devtools.restart.quiet-period=100ms");
    for (String property : properties) {
      command.add("-D" + property);
    }
    command.addAll(List.of("-cp", folder.resolve("app") + ":" + CLASSES, "com.example.Shop"));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    Thread reader = new Thread(() -> read(process), "log-of-application");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(Process of) {
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("The log ends: " + e);
    }
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** Waits for a line of its log that begins so, and returns the rest. */
  String awaitLine(String begin) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (line == null) {
        throw new AssertionError("No \"" + begin + "\" in:\n" + String.join("\n", log));
      }
      log.add(line);
      if (line.startsWith(begin)) {
        return line.substring(begin.length());
      }
    }
  }

  /** The threads of clients, by name. */
  List<String> threads() throws Exception {
    return jcmd("Thread.print").stream()
        .filter(line -> line.startsWith("\"elumenta-"))
        .map(line -> line.substring(1, line.indexOf('"', 1)))
        .sorted()
        .toList();
  }

  /** How many loaders of the application's classes there are, after a collection. */
  long loaders() throws Exception {
    jcmd("GC.run");
    return jcmd("VM.classloaders").stream()
        .filter(line -> line.contains("RestartClassLoader"))
        .count();
  }

  private List<String> jcmd(String command) throws Exception {
    Process jcmd =
        new ProcessBuilder(tool("jcmd"), String.valueOf(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(jcmd.getInputStream(), StandardCharsets.UTF_8))) {
      return out.lines().toList();
    }
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
  }
}
