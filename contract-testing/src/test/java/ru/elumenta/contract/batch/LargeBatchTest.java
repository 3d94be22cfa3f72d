package ru.elumenta.contract.batch;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.journal.FileCallJournal;

/**
 * A long input in a small heap, with a service that answers at once. {@code -DbatchLines=1000000}
 * for the figures of the documentation.
 */
class LargeBatchTest {
  private static final int LINES = Integer.getInteger("batchLines", 2_000);

  @TempDir Path folder;

  @Test
  void memoryDoesNotGrowWithTheInput() throws Exception {
    try (BufferedWriter input = Files.newBufferedWriter(folder.resolve("in.jsonl"))) {
      for (int number = 1; number <= LINES; number++) {
        input.write(BatchFolder.line(number) + "\n");
      }
    }
    Process program =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName(),
                    folder.toString()))
            .inheritIO()
            .start();
    assertThat(program.waitFor()).isZero();
    try (Stream<String> results = Files.lines(folder.resolve("out").resolve("results.jsonl"))) {
      assertThat(results.count()).isEqualTo(LINES);
    }
  }

  /** Answers every request with a finished text. */
  private static final class Instant implements Client {
    private final AtomicLong ids = new AtomicLong();

    @Override
    public Response execute(Request request, Request.Options options) {
      String body =
          "{\"id\":%d,\"status\":\"completed\",\"result_text\":\"Text\",\"tokens_spent\":2}"
              .formatted(ids.incrementAndGet());
      return Response.builder()
          .request(request)
          .status(200)
          .headers(Map.of("Content-Type", List.of("application/json")))
          .body(body, StandardCharsets.UTF_8)
          .build();
    }
  }

  /** The program; takes the folder. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      for (int run = 1; run <= 2; run++) {
        long begun = System.nanoTime();
        try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"));
            ElumentaClient elumenta =
                ElumentaClient.builder()
                    .apiKey("nb_live_0123456789")
                    .transport(new Instant())
                    .journal(journal)
                    .build()) {
          BatchReport report =
              Batch.with(elumenta)
                  .input(folder.resolve("in.jsonl"))
                  .output(folder.resolve("out"))
                  .parallel(64)
                  .run();
          double seconds = (System.nanoTime() - begun) / 1e9;
          System.out.printf(
              "run %d: %d results in %.1f s, %.0f a second; %s; state %d KB, journal %d KB%n",
              run,
              report.completedNow(),
              seconds,
              report.completedNow() / seconds,
              peak(),
              Files.size(folder.resolve("out").resolve(".batch").resolve("state")) / 1024,
              Files.size(folder.resolve("calls.journal")) / 1024);
          if (!report.isAllCompleted()) {
            System.exit(1);
          }
        }
      }
    }

    private static String peak() throws IOException {
      Path status = Path.of("/proc/self/status");
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmHWM"))
              .findFirst()
              .orElse("")
              .replaceAll("\\s+", " ")
          : "";
    }
  }
}
