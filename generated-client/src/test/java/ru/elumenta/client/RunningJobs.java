package ru.elumenta.client;

import feign.Client;
import feign.Request;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import ru.elumenta.client.model.GenerationId;

/** A service in memory whose generations finish when they are told to, or after some time. */
final class RunningJobs implements Client {
  private final Map<String, Long> finishedAt = new ConcurrentHashMap<>();
  private final Map<String, Long> seenFinishedAt = new ConcurrentHashMap<>();
  private final AtomicInteger polls = new AtomicInteger();
  private final AtomicInteger created = new AtomicInteger();
  private final long begin = System.nanoTime();
  private final Duration answerTime;

  RunningJobs() {
    this(Duration.ZERO);
  }

  /** A service that takes its time to answer a poll. */
  RunningJobs(Duration answerTime) {
    this.answerTime = answerTime;
  }

  @Override
  public Response execute(Request request, Request.Options options) {
    if (request.httpMethod() == Request.HttpMethod.POST) {
      return answer(request, body(String.valueOf(created.incrementAndGet()), "pending"));
    }
    polls.incrementAndGet();
    LockSupport.parkNanos(answerTime.toNanos());
    String id = request.url().substring(request.url().lastIndexOf('/') + 1);
    long now = System.nanoTime();
    if (finishedAt.getOrDefault(id, Long.MAX_VALUE) - now > 0) {
      return answer(request, body(id, "pending"));
    }
    seenFinishedAt.put(id, now);
    return answer(request, body(id, "completed"));
  }

  private static String body(String id, String status) {
    return """
    {"id":%s,"status":"%s","model_slug":"kling-v2.1","progress":40,"eta_seconds":12}\
    """
        .formatted(id, status);
  }

  private static Response answer(Request request, String body) {
    return Response.builder()
        .status(200)
        .request(request)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  void finish(GenerationId id) {
    finishIn(id, Duration.ZERO);
  }

  void finishIn(GenerationId id, Duration time) {
    finishedAt.put(id.toString(), System.nanoTime() + time.toNanos());
  }

  int polls() {
    return polls.get();
  }

  double pollsPerSecond() {
    return polls.get() * 1e9 / (System.nanoTime() - begin);
  }

  /** Returns how long after its end each generation was seen to be finished, shortest first. */
  List<Duration> lags() {
    List<Duration> lags = new ArrayList<>();
    seenFinishedAt.forEach((id, seen) -> lags.add(Duration.ofNanos(seen - finishedAt.get(id))));
    lags.sort(null);
    return lags;
  }
}
