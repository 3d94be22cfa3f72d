package ru.elumenta.benchmarks;

import java.io.IOException;
import java.util.List;
import ru.elumenta.benchmarks.Comparison.Rounds;

/** How the cost of a call grows. */
final class GrowthTables {
  private GrowthTables() {}

  static void print() throws IOException {
    answers();
    callers();
    openCalls();
  }

  private static void answers() throws IOException {
    Table table =
        new Table(
            "How cost grows with the answer",
            "answer",
            "KB",
            "× the answer",
            "CPU µs",
            "× Feign's bytes");
    for (int size : List.of(1_000, 10_000, 100_000, 1_000_000, 10_000_000)) {
      try (CannedServer server = new CannedServer();
          Comparison compared =
              new Comparison(
                  server.address(size), List.of("this client", "Feign, same transport"))) {
        compared.warm(1_500);
        long calls = Math.max(5, 2_000_000 / size);
        Rounds rounds = compared.rounds(3, worker -> worker.run(calls));
        double kilobytes = rounds.median("this client", Sample::kilobytes);
        table.row(
            "%,d bytes".formatted(size),
            kilobytes,
            kilobytes * 1e3 / size,
            rounds.median("this client", Sample::cpuMicros),
            rounds.ratio("this client", "Feign, same transport", Sample::kilobytes));
      }
    }
    table.print();
  }

  private static void callers() throws IOException {
    Table table =
        new Table("How cost grows with callers at once", "callers", "calls/ms", "CPU µs", "KB");
    try (CannedServer server = new CannedServer();
        Comparison compared = new Comparison(server.address(300), List.of("this client"))) {
      compared.warm(3_000);
      for (int callers : List.of(1, 4, 16, 64, 256, 1_000)) {
        Rounds rounds = compared.rounds(3, worker -> worker.run(12_000, callers, false));
        table.row(
            callers,
            rounds.median("this client", Sample::perMilli),
            rounds.median("this client", Sample::cpuMicros),
            rounds.median("this client", Sample::kilobytes));
      }
    }
    table.print();
  }

  private static void openCalls() throws IOException {
    Table table =
        new Table("How cost grows with open calls in the journal", "open", "CPU µs", "KB");
    for (int open : List.of(0, 1_000, 10_000, 100_000)) {
      String subject = Subjects.PREFIX_OPEN + open;
      try (Comparison compared = new Comparison("-", List.of(subject))) {
        compared.warm(2_000);
        Rounds rounds = compared.rounds(3, worker -> worker.run(10_000));
        table.row(
            "%,d".formatted(open),
            rounds.median(subject, Sample::cpuMicros),
            rounds.median(subject, Sample::kilobytes));
      }
    }
    table.print();
  }
}
