package ru.elumenta.client;

import feign.Request;
import feign.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the modelled service, and the gateway before it, put their answers. */
final class ModelledAnswers {
  static final String MODEL = "dall-e-3";
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String[] NO_JSON = {"<html>Welcome</html>", "", "null", "[17]"};

  private final FaultSchedule schedule;
  private final ModelledTime time;

  ModelledAnswers(FaultSchedule schedule, ModelledTime time) {
    this.schedule = schedule;
    this.time = time;
  }

  private Instant serviceTime(Duration moment) {
    return FakeTime.START.plus(moment).plus(schedule.clockSkew);
  }

  String generation(ModelledGeneration made) {
    boolean isFinished = made.finished().compareTo(time.passed()) <= 0;
    return "{\"id\":%s,\"status\":\"%s\",\"%s\":\"%s\",\"%s\":%s}"
        .formatted(
            id(made),
            isFinished ? "completed" : "pending",
            schedule.secondDialect ? "model" : "model_slug",
            MODEL,
            schedule.secondDialect ? "output_url" : "result_url",
            isFinished ? "\"https://f/" + made.number() + "\"" : "null");
  }

  private String id(ModelledGeneration made) {
    return schedule.idsAreText ? "\"" + made.id(true) + "\"" : made.id(false);
  }

  String page(List<ModelledGeneration> rows, int total, int page) {
    return "{\"items\":[%s],\"total\":%d,\"page\":%d,\"limit\":%d%s}"
        .formatted(
            rows.stream().map(this::row).collect(Collectors.joining(",")),
            total,
            page,
            schedule.rowsPerPage,
            schedule.secondDialect ? ",\"pages\":" + (total / schedule.rowsPerPage + 1) : "");
  }

  private String row(ModelledGeneration made) {
    Instant created = serviceTime(made.stamped());
    return "{\"id\":%s,\"status\":\"completed\",\"%s\":\"%s\",\"prompt\":%s,\"created_at\":\"%s\"}"
        .formatted(
            id(made),
            schedule.secondDialect ? "model" : "model_slug",
            MODEL,
            made.prompt() == null ? "null" : "\"" + made.prompt() + "\"",
            made.number() % 2 == 0 ? created : created.truncatedTo(ChronoUnit.SECONDS));
  }

  Response answer(Request request, int status, String body) {
    return answer(request, status, body, Map.of());
  }

  private Response answer(
      Request request, int status, String body, Map<String, String> furtherHeaders) {
    Map<String, Collection<String>> headers = new TreeMap<>();
    furtherHeaders.forEach((name, value) -> headers.put(name, List.of(value)));
    if (schedule.datesAreSent) {
      headers.put("Date", List.of(HTTP_DATE.format(serviceTime(time.passed()))));
    }
    return Response.builder()
        .status(status)
        .request(request)
        .headers(headers)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  Response brokenOff(Response whole, String body) {
    byte[] half = body.substring(0, body.length() / 2).getBytes(StandardCharsets.UTF_8);
    InputStream breaking =
        new InputStream() {
          private final InputStream arrived = new ByteArrayInputStream(half);

          @Override
          public int read() throws IOException {
            int next = arrived.read();
            if (next < 0) {
              throw new IOException("closed");
            }
            return next;
          }
        };
    return whole.toBuilder().body(breaking, null).build();
  }

  Response unreadable(Request request) {
    return answer(request, 200, NO_JSON[schedule.upTo(NO_JSON.length - 1)]);
  }

  Response error(Request request, int status, String code) {
    return answer(request, status, documented(code, ""));
  }

  Response gateway(Request request, int status, Duration wait) {
    Map<String, String> headers = wait.isZero() ? Map.of() : retryAfter(wait);
    return answer(request, status, "<html><h1>" + status + "</h1></html>", headers);
  }

  /** Names the wait in the header, in the body, or in both, where the longer one counts. */
  Response errorNaming(Request request, int status, String code, Duration wait) {
    int way = schedule.upTo(2);
    Duration shorter = schedule.portionOf(wait);
    Duration inBody = way == 1 ? shorter : wait;
    String member = way == 0 ? "" : ",\"retry_after\":" + seconds(inBody);
    Map<String, String> headers = way == 2 ? Map.of() : retryAfter(wait);
    return answer(request, status, documented(code, member), headers);
  }

  private static String documented(String code, String member) {
    return "{\"error\":\"" + code + "\",\"message\":\"Not now\"" + member + "}";
  }

  /** In seconds, or as the first whole second by the service's clock at which the wait is over. */
  private Map<String, String> retryAfter(Duration wait) {
    return Map.of(
        "Retry-After",
        schedule.datesAreSent && schedule.chance(0.3)
            ? HTTP_DATE.format(serviceTime(time.passed().plus(wait)).plusMillis(999))
            : seconds(wait));
  }

  private static String seconds(Duration wait) {
    return wait.toMillis() % 1_000 == 0
        ? String.valueOf(wait.toSeconds())
        : String.valueOf(wait.toMillis() / 1e3);
  }
}
