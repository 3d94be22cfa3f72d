package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TimeSource;

/** A stand-in for the service on a real socket, which answers one scripted answer per request. */
public final class Service implements AutoCloseable {
  /** The key that clients made here use; marked, so that a leak is found. */
  public static final String KEY = "nb_test_SECRETKEY0123456789abcdefghijklmnopqrst";

  private final WireMockServer server = new WireMockServer(options().dynamicPort());

  /** Starts on a free port. */
  public Service() {
    server.start();
  }

  /** Returns the base URL. */
  public String url() {
    return server.baseUrl() + "/api/v2";
  }

  /** Returns a builder for a client of this service that lives in the given time. */
  public ElumentaClientBuilder client(TimeSource time) {
    return ElumentaClient.builder()
        .apiKey(KEY)
        .baseUrl(url())
        .retry(RetryOptions.defaults().withJitter(0))
        .polling(PollingOptions.defaults().withJitter(0))
        .timeSource(time);
  }

  /** Answers the first request with the first answer, and so on; the last one for ever. */
  public Service answers(ResponseDefinitionBuilder... answers) {
    return answersTo(".*", answers);
  }

  /** The same for requests to paths that match; what was scripted later goes first. */
  public Service answersTo(String path, ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      boolean last = i == answers.length - 1;
      server.stubFor(
          any(urlPathMatching(path))
              .inScenario("script of " + path)
              .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "request " + i)
              .willSetStateTo(last ? "request " + i : "request " + (i + 1))
              .willReturn(answers[i]));
      if (last && i == 0) {
        server.stubFor(any(urlPathMatching(path)).willReturn(answers[i]));
      }
    }
    return this;
  }

  /** An answer with a JSON body. */
  public static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  /** Returns how many POSTs reached the server. */
  public int posts() {
    return server.findAll(postRequestedFor(anyUrl())).size();
  }

  /** Returns how many requests reached a path. */
  public int requestsTo(String path) {
    return server.findAll(anyRequestedFor(urlPathMatching(path))).size();
  }

  /** Returns all requests that reached the server, in order. */
  public List<LoggedRequest> requests() {
    return server.findAll(anyRequestedFor(anyUrl()));
  }

  @Override
  public void close() {
    server.stop();
  }
}
