package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.util.stream.Stream;

/** Paths and answers of stories in which the answer to a paid request gets lost. */
final class LostAnswers {
  static final String CREATE = "/api/v2/generate";
  static final String POLL = "/api/v2/generate/.+";
  static final String HISTORY = "/api/v2/user/history";

  private LostAnswers() {}

  static ResponseDefinitionBuilder lost() {
    return aResponse().withFault(Fault.EMPTY_RESPONSE);
  }

  static ResponseDefinitionBuilder completed(Object id) {
    return json(
        200, "{\"id\":%s,\"status\":\"completed\",\"result_url\":\"https://f/x\"}".formatted(id));
  }

  /** A row as the image request of the samples leaves it, so many seconds after it was sent. */
  static String row(Object id, long secondsAfter) {
    return """
    {"id":%s,"model_slug":"dall-e-3","prompt":"A lighthouse at dusk","status":"completed",
     "created_at":"%s"}\
    """
        .formatted(id, FakeTime.START.plusSeconds(secondsAfter));
  }

  static ResponseDefinitionBuilder page(String... rows) {
    return pageOf(rows.length, rows);
  }

  /** The same rows at each of the four looks, by a service whose clock goes on. */
  static ResponseDefinitionBuilder[] pagesForAMinute(String... rows) {
    return Stream.of("12:00:02", "12:00:07", "12:00:27", "12:01:07")
        .map(time -> pageAt("Sun, 08 Mar 2026 %s GMT".formatted(time), rows.length, rows))
        .toArray(ResponseDefinitionBuilder[]::new);
  }

  static ResponseDefinitionBuilder pageOf(int total, String... rows) {
    return pageAt("Sun, 08 Mar 2026 12:00:02 GMT", total, rows);
  }

  static ResponseDefinitionBuilder pageAt(String serverTime, int total, String... rows) {
    return pageWithoutTime(total, rows).withHeader("Date", serverTime);
  }

  static ResponseDefinitionBuilder pageWithoutTime(int total, String... rows) {
    return json(
        200,
        "{\"items\":[%s],\"total\":%d,\"page\":1,\"limit\":100}"
            .formatted(String.join(",", rows), total));
  }
}
