package ru.elumenta.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** From the start of a process to its first answer, with and without archives of classes. */
final class StartTable {
  private static final int ROUNDS = (int) Scale.of(9);

  private StartTable() {}

  /** What a fresh process does: one call, then it says what it has used. */
  static final class FirstAnswer {
    private FirstAnswer() {}

    public static void main(String[] args) throws Exception {
      Subject subject = Subjects.of(args[0], args[1]);
      subject.call();
      long cpu =
          ((com.sun.management.OperatingSystemMXBean)
                  java.lang.management.ManagementFactory.getOperatingSystemMXBean())
              .getProcessCpuTime();
      System.out.println("used " + cpu);
      System.out.flush();
      if (args.length > 2) {
        System.exit(0); // in good order: an archive is written at the exit
      }
      Runtime.getRuntime().halt(0);
    }
  }

  static void print() throws Exception {
    Path folder = Files.createTempDirectory("elumenta-start");
    try (CannedServer server = new CannedServer()) {
      Map<String, List<String>> variants = new LinkedHashMap<>();
      List<String> archive = archive(folder, server.address(300));
      variants.put("this client", List.of("this client"));
      variants.put(
          "this client, " + (archive.get(0).contains("AOT") ? "AOT cache" : "class-data sharing"),
          Stream.concat(Stream.of("this client"), archive.stream()).toList());
      for (String peer :
          List.of("Feign, OkHttp", "jdk HttpClient", "HttpClient 5", "Retrofit", "openai-java")) {
        variants.put(peer, List.of(peer));
      }
      Map<String, List<double[]>> samples = new LinkedHashMap<>();
      for (int i = 0; i <= ROUNDS; i++) {
        for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
          List<String> words = variant.getValue();
          double[] sample =
              started(words.subList(1, words.size()), words.get(0), server.address(300), false);
          if (i > 0) { // the first reads the disk
            samples.computeIfAbsent(variant.getKey(), name -> new ArrayList<>()).add(sample);
          }
        }
      }
      Table table =
          new Table(
              "From the start of the process to the first answer (%d rounds)".formatted(ROUNDS),
              "who",
              "CPU ms",
              "wall ms",
              "CPU × jdk");
      double jdk = median(samples.get("jdk HttpClient"), 0);
      samples.forEach(
          (name, all) -> table.row(name, median(all, 0), median(all, 1), median(all, 0) / jdk));
      table.print();
    } finally {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  /** Makes the archive that this JDK can, as docs/performance.md tells. */
  private static List<String> archive(Path folder, String address) throws Exception {
    Path file = folder.resolve("client.archive");
    boolean hasCache = Runtime.version().feature() >= 25;
    started(
        List.of((hasCache ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + file),
        "this client",
        address,
        true);
    Require.that(Files.exists(file));
    return List.of((hasCache ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=") + file);
  }

  /** The class path with this module's jar in place of its folder: no JVM archives folders. */
  private static String classPath() throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      entries.add(Files.isDirectory(path) ? jarBeside(path).toString() : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Path jarBeside(Path classes) throws IOException {
    try (Stream<Path> files = Files.list(classes.toAbsolutePath().getParent())) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches("elumenta-benchmarks-[^-]*(-SNAPSHOT)?[.]jar"))
          .findFirst()
          .orElse(classes);
    }
  }

  private static double median(List<double[]> samples, int index) {
    double[] sorted = samples.stream().mapToDouble(sample -> sample[index]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** CPU and wall time in milliseconds. */
  private static double[] started(
      List<String> options, String subject, String address, boolean inGoodOrder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(WorkerProcess.java());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(), FirstAnswer.class.getName(), subject, address));
    if (inGoodOrder) {
      command.add("exit");
    }
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
      String line = out.readLine();
      while (line != null && !line.startsWith("used ")) {
        line = out.readLine();
      }
      long wall = System.nanoTime() - begin;
      process.waitFor();
      if (line == null) {
        throw new IOException(subject + " did not answer");
      }
      return new double[] {Long.parseLong(line.substring(5)) / 1e6, wall / 1e6};
    }
  }
}
