package ru.elumenta.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import ru.elumenta.benchmarks.Comparison.Rounds;

/** What one call costs: without a network, over the loopback, by many callers. */
final class CallTables {
  private static final int ROUNDS = (int) Scale.of(7);
  static final List<String> MEMORY =
      List.of(
          "memory: Feign, GET",
          "memory: api, GET",
          "memory: Feign, POST",
          "memory: api, POST",
          "memory: generate",
          "memory: everything on",
          "memory: generate, metrics",
          "memory: generate, metrics and spans");
  private static final String SAME = "Feign, same transport";
  static final List<String> LOOPBACK =
      List.of(
          "this client",
          SAME,
          "Feign, OkHttp",
          "jdk HttpClient",
          "HttpClient 5",
          "OkHttp",
          "Retrofit",
          "openai-java");

  private CallTables() {}

  static void memory() throws IOException {
    try (Comparison compared = new Comparison("-", MEMORY)) {
      compared.warm(15_000);
      Rounds rounds = compared.rounds(7, worker -> worker.run(40_000));
      Table table =
          new Table(
              "One call, the answer at hand (of %d rounds the median; least to most)"
                  .formatted(ROUNDS),
              "what",
              "CPU µs",
              "× Feign",
              "KB",
              "× Feign");
      for (String subject : compared.subjects()) {
        String feign = subject.endsWith("GET") ? "memory: Feign, GET" : "memory: Feign, POST";
        table.row(
            subject.substring("memory: ".length()),
            rounds.spread(subject, Sample::cpuMicros),
            rounds.ratio(subject, feign, Sample::cpuMicros),
            rounds.median(subject, Sample::kilobytes),
            rounds.ratio(subject, feign, Sample::kilobytes));
      }
      table.print();
    }
  }

  static void loopback() throws IOException {
    try (CannedServer server = new CannedServer();
        Comparison compared = new Comparison(server.address(300), LOOPBACK)) {
      Rounds first = compared.first(1_000);
      compared.warm(15_000);
      Rounds rounds = compared.rounds(7, worker -> worker.run(6_000));
      Table table =
          new Table(
              "One call over the loopback, one caller (%d rounds; the first 1,000 calls of a"
                      .formatted(ROUNDS)
                  + " process apart)",
              "who",
              "CPU µs",
              "× Feign, same transport",
              "wall µs",
              "KB",
              "× Feign, same transport",
              "switches",
              "first 1,000: CPU µs",
              "× Feign");
      for (String subject : compared.subjects()) {
        table.row(
            subject,
            rounds.spread(subject, Sample::cpuMicros),
            rounds.ratio(subject, SAME, Sample::cpuMicros),
            rounds.spread(subject, Sample::wallMicros),
            rounds.median(subject, Sample::kilobytes),
            rounds.ratio(subject, SAME, Sample::kilobytes),
            rounds.median(subject, Sample::switchesEach),
            first.median(subject, Sample::cpuMicros),
            first.ratio(subject, SAME, Sample::cpuMicros));
      }
      table.print();
    }
  }

  static void callers() throws IOException {
    List<String> subjects =
        List.of("this client", SAME, "HttpClient 5", "OkHttp", "jdk HttpClient");
    List<Callers> kinds = new ArrayList<>();
    kinds.add(new Callers(64, false));
    if (Runtime.version().feature() >= 21) {
      kinds.add(new Callers(64, true));
      kinds.add(new Callers(1_000, true));
    }
    for (Callers kind : kinds) {
      try (CannedServer server = new CannedServer();
          Comparison compared = new Comparison(server.address(300), subjects)) {
        // By one caller: many leave the compiler no processor, and would be measured beside it.
        compared.warm(15_000);
        compared.rounds(2, worker -> worker.run(40_000, kind.count, kind.isVirtual));
        Rounds rounds =
            compared.rounds(5, worker -> worker.run(15_000, kind.count, kind.isVirtual));
        Table table =
            new Table(
                "%d callers on %s threads".formatted(kind.count, kind.name()),
                "who",
                "calls/ms",
                "× Feign, same transport",
                "CPU µs",
                "KB");
        for (String subject : compared.subjects()) {
          table.row(
              subject,
              rounds.spread(subject, Sample::perMilli),
              rounds.ratio(subject, SAME, Sample::perMilli),
              rounds.median(subject, Sample::cpuMicros),
              rounds.median(subject, Sample::kilobytes));
        }
        table.print();
      }
    }
  }

  private record Callers(int count, boolean isVirtual) {
    String name() {
      return isVirtual ? "virtual" : "platform";
    }
  }
}
