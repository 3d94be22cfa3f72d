package ru.elumenta.benchmarks;

import feign.Client;
import feign.Request;
import feign.Response;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.PollingOptions;

/** Many jobs that one client waits for, each poll of which takes a while. */
final class JobsTable {
  private static final int JOBS = (int) Scale.of(10_000);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final long ANSWER_MILLIS = 100;

  private JobsTable() {}

  static void print() throws Exception {
    Service service = new Service();
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Answers.KEY)
            .transport(service)
            .polling(PollingOptions.defaults().withInterval(INTERVAL))
            .build()) {
      List<GenerationJob> jobs = new ArrayList<>();
      for (int i = 0; i < JOBS; i++) {
        jobs.add(elumenta.submit(Answers.request()));
      }
      ManagementFactory.getThreadMXBean().resetPeakThreadCount();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();
      long heap = usedHeap();
      List<CompletableFuture<Generation>> waits = new ArrayList<>();
      jobs.forEach(job -> waits.add(job.awaitAsync()));
      long perJob = (usedHeap() - heap) / JOBS;
      service.begin();
      for (CompletableFuture<Generation> wait : waits) {
        wait.get();
      }
      List<Long> lags = service.lags.values().stream().sorted().toList();
      Table table =
          new Table(
              "%,d jobs, an interval of %d s, polls of %d ms"
                  .formatted(JOBS, INTERVAL.toSeconds(), ANSWER_MILLIS),
              "lag p50 s",
              "lag p99 s",
              "threads",
              "bytes per job");
      table.row(
          lags.get(JOBS / 2) / 1e9,
          lags.get(JOBS * 99 / 100) / 1e9,
          ManagementFactory.getThreadMXBean().getPeakThreadCount() - threads,
          perJob);
      table.print();
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /** Each job ends at a moment of its own; its lag is how much later a poll was told so. */
  private static final class Service implements Client {
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, Long> ends = new ConcurrentHashMap<>();
    private final Map<String, Long> lags = new ConcurrentHashMap<>();

    void begin() {
      long now = System.nanoTime();
      for (long id = 1; id <= JOBS; id++) {
        ends.put(
            Long.toString(id),
            now
                + INTERVAL.toNanos()
                + ThreadLocalRandom.current().nextLong(3 * INTERVAL.toNanos()));
      }
    }

    @Override
    public Response execute(Request request, Request.Options options) {
      if (request.httpMethod() == Request.HttpMethod.POST) {
        return response(request, Long.toString(ids.incrementAndGet()), "pending");
      }
      String id = request.url().substring(request.url().lastIndexOf('/') + 1);
      try {
        Thread.sleep(ANSWER_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      long now = System.nanoTime();
      boolean isOver = ends.containsKey(id) && now - ends.get(id) > 0;
      if (isOver) {
        lags.putIfAbsent(id, now - ends.get(id));
      }
      return response(request, id, isOver ? "completed" : "processing");
    }

    private static Response response(Request request, String id, String status) {
      String body =
          "{\"id\":%s,\"status\":\"%s\",\"model_slug\":\"dall-e-3\",\"tokens_spent\":7}"
              .formatted(id, status);
      return Response.builder()
          .status(200)
          .headers(Answers.HEADERS)
          .request(request)
          .body(body, StandardCharsets.UTF_8)
          .build();
    }
  }
}
