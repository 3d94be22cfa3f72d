package ru.elumenta.benchmarks;

import java.io.IOException;
import java.util.List;
import ru.elumenta.benchmarks.Comparison.Rounds;

/** Streams, files and large answers. */
final class Transfers {
  static final long LENGTH = 24L << 20; // a recording may have 25 MB
  private static final int EVENTS = 20_000;
  private static final double PER_GIB = (1L << 30) / (double) LENGTH;

  private Transfers() {}

  static void streams() throws IOException {
    try (CannedServer server = new CannedServer();
        Comparison compared =
            new Comparison(
                server.address(EVENTS), List.of("stream, this client", "stream, jdk lines"))) {
      compared.warm(10_000);
      Rounds rounds = compared.rounds(7, worker -> worker.run(20));
      Table table =
          new Table(
              "A stream of %,d events, per event".formatted(EVENTS),
              "who",
              "CPU µs",
              "× jdk",
              "KB",
              "× jdk");
      for (String subject : compared.subjects()) {
        table.row(
            subject.substring("stream, ".length()),
            rounds.spread(subject, sample -> sample.cpuMicros() / EVENTS),
            rounds.ratio(subject, "stream, jdk lines", Sample::cpuMicros),
            rounds.median(subject, sample -> sample.kilobytes() / EVENTS),
            rounds.ratio(subject, "stream, jdk lines", Sample::kilobytes));
      }
      table.print();
    }
  }

  static void files() throws IOException {
    files("download", List.of("download, this client", "download, jdk", "download, OkHttp"));
    files("upload", List.of("upload, this client", "upload, jdk"));
  }

  private static void files(String way, List<String> subjects) throws IOException {
    long wanted = way.equals("download") ? LENGTH : 300;
    try (CannedServer server = new CannedServer();
        Comparison compared = new Comparison(server.address((int) wanted), subjects)) {
      compared.rounds(2, worker -> worker.run(8));
      Rounds rounds = compared.rounds(5, worker -> worker.run(8));
      Table table =
          new Table(
              "Files of %d MiB, %s".formatted(LENGTH >> 20, way),
              "who",
              "CPU s/GiB",
              "× jdk",
              "MB allocated/GiB");
      for (String subject : subjects) {
        table.row(
            subject.substring(way.length() + 2),
            rounds.spread(subject, sample -> sample.cpuMicros() / 1e6 * PER_GIB),
            rounds.ratio(subject, way + ", jdk", Sample::cpuMicros),
            rounds.median(subject, sample -> sample.kilobytes() / 1e3 * PER_GIB));
      }
      table.print();
    }
  }

  static void largeAnswers() throws IOException {
    List<String> subjects =
        List.of(
            "this client",
            "Feign, same transport",
            "Feign, OkHttp",
            "jdk HttpClient",
            "HttpClient 5",
            "OkHttp",
            "Retrofit",
            "openai-java");
    try (CannedServer server = new CannedServer();
        Comparison compared = new Comparison(server.address(10_000_000), subjects)) {
      compared.rounds(1, worker -> worker.run(10));
      Rounds rounds = compared.rounds(5, worker -> worker.run(5));
      Table table = new Table("An answer of 10 MB", "who", "MB allocated", "CPU ms");
      for (String subject : subjects) {
        table.row(
            subject,
            rounds.median(subject, sample -> sample.kilobytes() / 1e3),
            rounds.spread(subject, sample -> sample.cpuMicros() / 1e3));
      }
      table.print();
    }
  }
}
