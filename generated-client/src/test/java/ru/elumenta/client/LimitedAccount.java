package ru.elumenta.client;

import feign.Client;
import feign.Request;
import feign.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import ru.elumenta.client.options.TimeSource;

/** A service in memory that allows so many requests per hour, and counts those it refuses. */
final class LimitedAccount implements Client {
  private static final Duration HOUR = Duration.ofHours(1);

  private final TimeSource time;
  private final int limit;
  private final List<String> served = new ArrayList<>();
  private Instant windowEnds;
  private int used;
  private int refused;

  LimitedAccount(TimeSource time, int limit) {
    this.time = time;
    this.limit = limit;
    this.windowEnds = time.now().plus(HOUR);
  }

  @Override
  public synchronized Response execute(Request request, Request.Options options) {
    while (!time.now().isBefore(windowEnds)) {
      windowEnds = windowEnds.plus(HOUR);
      used = 0;
    }
    if (used == limit) {
      refused++;
      return answer(request, 429, Samples.RATE_LIMITED);
    }
    used++;
    served.add(request.url().substring(request.url().lastIndexOf('/') + 1));
    return answer(request, 200, "{\"slug\":\"dall-e-3\"}");
  }

  private Response answer(Request request, int status, String body) {
    Map<String, Collection<String>> headers =
        Map.of(
            "Date",
                one(
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        time.now().atOffset(ZoneOffset.UTC))),
            "X-RateLimit-Limit-Hour", one(limit),
            "X-RateLimit-Remaining-Hour", one(limit - used),
            "X-RateLimit-Reset-Hour", one(windowEnds.getEpochSecond()));
    return Response.builder()
        .status(status)
        .headers(headers)
        .request(request)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  /** A refusal that is no business of the account's. */
  static Response refused(Request request, Duration wait) {
    return Response.builder()
        .status(429)
        .headers(Map.of("Retry-After", one(wait.toSeconds())))
        .request(request)
        .body("{\"error\":\"rate_limit_exceeded\"}".getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static Collection<String> one(Object value) {
    return List.of(value.toString());
  }

  /** Uses requests of the account up, as another program of it would. */
  synchronized void usedElsewhere(int requests) {
    used += requests;
  }

  /** Returns what was asked for, in the order of arrival; refused requests are not among it. */
  synchronized List<String> served() {
    return List.copyOf(served);
  }

  /** Returns how many requests were answered with a 429. */
  synchronized int refused() {
    return refused;
  }
}
