package ru.elumenta.examples;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;

/** A server on a free port of this machine that answers with the documented samples. */
final class EmbeddedService implements AutoCloseable {
  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  EmbeddedService() {
    server.start();
  }

  String url() {
    return server.baseUrl() + "/api/v2";
  }

  /** Forgets what was, and answers the next requests one by one; the last answer stays. */
  void willAnswer(List<Answer> answers) {
    server.resetAll();
    for (int i = 0; i < answers.size(); i++) {
      int next = Math.min(i + 1, answers.size() - 1);
      server.stubFor(
          any(anyUrl())
              .inScenario("answers")
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answer " + i)
              .willSetStateTo(next == 0 ? Scenario.STARTED : "answer " + next)
              .willReturn(answers.get(i).toResponse()));
    }
  }

  /** How many requests reached the server since it was last told what to answer. */
  int requests() {
    return server.findAll(anyRequestedFor(anyUrl())).size();
  }

  @Override
  public void close() {
    server.stop();
  }

  /**
   * One answer.
   *
   * @param retryAfter seconds for the header of that name, or null for none
   * @param type the type of the body
   */
  record Answer(int status, String body, String retryAfter, String type) {
    Answer(int status, String body, String retryAfter) {
      this(status, body, retryAfter, "application/json");
    }

    /** A success that is a stream of events. */
    static Answer stream(String events) {
      return new Answer(200, events, null, "text/event-stream");
    }

    static Answer of(int status, String topic, String sample) {
      return new Answer(status, Sample.json(topic, sample), null);
    }

    private ResponseDefinitionBuilder toResponse() {
      ResponseDefinitionBuilder response =
          aResponse()
              .withStatus(status)
              .withHeader("Content-Type", type)
              .withHeader("Date", RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)))
              .withHeader("X-RateLimit-Limit-Hour", "100")
              .withHeader("X-RateLimit-Remaining-Hour", "87")
              .withBody(body);
      return retryAfter == null ? response : response.withHeader("Retry-After", retryAfter);
    }
  }
}
