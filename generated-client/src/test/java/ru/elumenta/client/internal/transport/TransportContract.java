package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static ru.elumenta.client.internal.transport.Exchange.post;
import static ru.elumenta.client.internal.transport.Exchange.request;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.BROKEN;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.INTERRUPTED;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.TIMEOUT;

import feign.Client;
import feign.Request.HttpMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client above relies on in a transport, against a server that misbehaves. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class TransportContract {
  private static final Duration LIMIT = Duration.ofMillis(600);

  // On an idle machine a time limit is kept within 200 ms and an interrupt within 50 ms. The rest
  // is
  // for a machine that does other things beside: the clock shows its pauses too.
  private static final Duration TOLERANCE = Duration.ofMillis(200 + 300);
  private static final Duration AFTER_INTERRUPT = Duration.ofMillis(50 + 300);

  /** How long to watch for a request that must not come. */
  private static final Duration WATCH = Duration.ofMillis(150);

  /** How long the client may take to close a connection it has given up. */
  private static final Duration GONE = Duration.ofSeconds(10);

  private static final Duration LONG = Duration.ofSeconds(5);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  /** Returns the transport of this test; always the same one. */
  abstract Client transport();

  /** Starts a server that this test's transport can talk to. */
  RawServer script(RawServer.Script... scripts) throws IOException {
    return RawServer.script(scripts);
  }

  private RawServer answering(String answer) throws IOException {
    return script(
        conn -> {
          conn.readRequest();
          conn.write(answer);
        });
  }

  @BeforeEach
  void warmUp() throws Exception {
    try (RawServer server = answering(OK)) {
      // With time to load classes, which is not what the limits below are about.
      assertThat(Exchange.of(transport(), post(server.url()), LONG).status()).isEqualTo(200);
    }
  }

  private Exchange exchange(RawServer server) {
    return Exchange.of(transport(), post(server.url()), LIMIT);
  }

  private static void assertEndedAtLimit(Exchange exchange) {
    assertThat(exchange.elapsed()).isBetween(LIMIT, LIMIT.plus(TOLERANCE));
  }

  private static void assertEndedAtOnce(Exchange exchange) {
    assertThat(exchange.elapsed()).isLessThan(TOLERANCE);
  }

  private static void assertRequests(RawServer server, int count) throws InterruptedException {
    assertThat(server.awaitRequests(count, LONG)).as("%s requests came", count).isTrue();
    assertThat(server.awaitRequests(count + 1, WATCH)).as("more than %s came", count).isFalse();
  }

  private static void assertClientGone(RawServer server) throws InterruptedException {
    assertThat(server.awaitClientGone(GONE)).as("the client closed its connections").isTrue();
  }

  // Time

  @Test
  void headersThatNeverComeEndAtTheLimit() throws Exception {
    try (RawServer server = script(RawServer.Connection::stall)) {
      Exchange exchange = exchange(server);

      assertThat(exchange.failed(TIMEOUT, true).received()).isEmpty();
      assertEndedAtLimit(exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  @Test
  void headersThatComeLateButInTimeAreAResponse() throws Exception {
    Duration late = LIMIT.dividedBy(2);
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.pause(late);
              conn.write(OK);
            })) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.elapsed()).isBetween(late, LIMIT);
      assertRequests(server, 1);
    }
  }

  @Test
  void aStalledBodyEndsAtTheLimit() throws Exception {
    try (RawServer server =
        answering("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nX-Id: 7\r\n\r\n{\"half")) {
      Exchange exchange = exchange(server);

      ExchangeException failure = exchange.failed(TIMEOUT, true);
      assertReceived(failure, 200, "{\"half");
      assertThat(failure.received().orElseThrow().headers()).containsEntry("x-id", List.of("7"));
      assertEndedAtLimit(exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  @Test
  void headersInDripsEndAtTheLimit() throws Exception {
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.drip(OK, Duration.ofMillis(30));
            })) {
      Exchange exchange = exchange(server);

      assertThat(exchange.failed(TIMEOUT, true).received()).isEmpty();
      assertEndedAtLimit(exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  @Test
  void aBodyInDripsEndsAtTheLimit() throws Exception {
    String body = "0123456789".repeat(5);
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.write("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n");
              conn.drip(body, Duration.ofMillis(20));
            })) {
      Exchange exchange = exchange(server);

      ExchangeException failure = exchange.failed(TIMEOUT, true);
      assertThat(body).startsWith(receivedText(failure));
      assertThat(receivedText(failure)).isNotEmpty();
      assertEndedAtLimit(exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  @Test
  void dripsWithinTheLimitAreAResponse() throws Exception {
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.drip(OK, Duration.ofMillis(4));
            })) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.body()).isEqualTo("{}");
      assertThat(exchange.elapsed())
          .isBetween(Duration.ofMillis(4).multipliedBy(OK.length() - 1), LIMIT);
      assertRequests(server, 1);
    }
  }

  @Test
  void connectingEndsAtTheLimit() throws Exception {
    try (FullPort port = new FullPort()) {
      assumeThat(port.isFull()).isTrue();

      Exchange exchange = Exchange.of(transport(), post(port.url()), LIMIT);

      exchange.failed(TIMEOUT, false);
      assertEndedAtLimit(exchange);
      assertNothingSentBelated(port);
    }
  }

  /** A connection that comes about after all must be given up, not used. */
  private static void assertNothingSentBelated(FullPort port) throws Exception {
    assertThat(port.sentBelated(Duration.ofMillis(1500))).isEmpty();
  }

  // Broken connections

  @ParameterizedTest
  @CsvSource({"POST, {}", "DELETE,", "GET,"})
  void aRefusedConnectionIsKnownNotToHaveTakenTheRequest(HttpMethod method, String body)
      throws Exception {
    String url = "http://127.0.0.1:" + RawServer.freePort() + "/things";

    Exchange exchange = Exchange.of(transport(), request(method, url, body), LIMIT);

    assertThat(exchange.failed(BROKEN, false).received()).isEmpty();
    assertEndedAtOnce(exchange);
  }

  @Test
  void aResetBeforeTheRequestIsReadIsAFailure() throws Exception {
    try (RawServer server = script(RawServer.Connection::reset)) {
      Exchange exchange = exchange(server);

      // Whether it had been handed over by then is chance, so nothing is said about requestLeft.
      assertThat(exchange.failed(BROKEN).received()).isEmpty();
      assertEndedAtOnce(exchange);
      assertRequests(server, 0);
    }
  }

  @Test
  void aResetAfterTheRequestIsAFailureThatDoesNotRepeatIt() throws Exception {
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.reset();
            })) {
      Exchange exchange = exchange(server);

      assertThat(exchange.failed(BROKEN, true).received()).isEmpty();
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @Test
  void anEndAfterTheRequestIsAFailureThatDoesNotRepeatIt() throws Exception {
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.close();
            })) {
      Exchange exchange = exchange(server);

      assertThat(exchange.failed(BROKEN, true).received()).isEmpty();
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 100\r\n\r\n{\"half",
        "Transfer-Encoding: chunked\r\n\r\n6\r\n{\"half\r\n",
      })
  void halfAResponseIsAFailureThatKeepsIt(String rest) throws Exception {
    try (RawServer server = closingAfter("HTTP/1.1 200 OK\r\n" + rest)) {
      Exchange exchange = exchange(server);

      assertReceived(exchange.failed(BROKEN, true), 200, "{\"half");
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @Test
  void halfAnErrorIsDeliveredWithWhatArrived() throws Exception {
    try (RawServer server =
        closingAfter("HTTP/1.1 402 Payment Required\r\nContent-Length: 100\r\n\r\n{\"half")) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(402);
      assertThat(exchange.body()).isEqualTo("{\"half");
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @Test
  void aStalledErrorIsDeliveredAtTheLimit() throws Exception {
    try (RawServer server =
        answering(
            "HTTP/1.1 429 Slow Down\r\nContent-Length: 100\r\nRetry-After: 3\r\n\r\n{\"half")) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(429);
      assertThat(exchange.response().headers().get("Retry-After")).containsExactly("3");
      assertThat(exchange.body()).isEqualTo("{\"half");
      assertEndedAtLimit(exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  // Sent once

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowed(int status) throws Exception {
    try (RawServer other = answering(OK);
        RawServer server =
            answering(
                "HTTP/1.1 %s Elsewhere\r\nLocation: http://localhost:%s/\r\nContent-Length: 0\r\n\r\n"
                    .formatted(status, other.port()))) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(status);
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
      assertThat(other.connections()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"408, 0", "429, 0", "502, 0", "503, 0", "503, 1", "504, 0"})
  void anErrorThatInvitesToRepeatIsNotRepeated(int status, int retryAfter) throws Exception {
    try (RawServer server =
        answering(
            "HTTP/1.1 %s Again\r\nRetry-After: %s\r\nContent-Length: 2\r\n\r\n{}"
                .formatted(status, retryAfter))) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(status);
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionDroppedBetweenTwoPostsDoesNotRepeatTheSecond(boolean reset) throws Exception {
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.write(OK);
              if (reset) {
                conn.reset();
              } else {
                conn.close();
              }
            },
            conn -> {
              conn.readRequest();
              conn.write(OK);
            })) {
      assertThat(exchange(server).failure())
          .satisfiesAnyOf(
              failure -> assertThat(failure).isNull(),
              failure -> assertThat(reset).as("a reset may overtake the response").isTrue());

      Exchange second = Exchange.of(transport(), post(server.url()), LIMIT);

      assertEndedAtOnce(second);
      if (second.failure() == null) {
        assertRequests(server, 2);
      } else {
        ExchangeException failure = second.failed(BROKEN);
        assertThat(server.awaitRequests(failure.requestLeft() ? 3 : 2, WATCH)).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aKeptConnectionThatTakesTheSecondPostAndEndsDoesNotRepeatIt(boolean reset) throws Exception {
    RawServer.Script takeAndEnd =
        conn -> {
          conn.readRequest();
          if (reset) {
            conn.reset();
          } else {
            conn.close();
          }
        };
    try (RawServer server = script(answerThen(takeAndEnd), takeAndEnd)) {
      assertThat(exchange(server).status()).isEqualTo(200);

      Exchange second = exchange(server);

      second.failed(BROKEN, true);
      assertEndedAtOnce(second);
      assertRequests(server, 2);
    }
  }

  /** The second request comes here as a rule; on another connection if this is not yet free. */
  private static RawServer.Script answerThen(RawServer.Script rest) {
    return conn -> {
      conn.readRequest();
      conn.write(OK);
      rest.play(conn);
    };
  }

  // Whole responses

  @Test
  void aChunkedBodyIsRead() throws Exception {
    try (RawServer server =
        answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "5\r\nhello\r\n1;ext=1\r\n \r\n5\r\nworld\r\n0\r\n\r\n")) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.body()).isEqualTo("hello world");
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @Test
  void anEmpty204IsAResponse() throws Exception {
    try (RawServer server = answering("HTTP/1.1 204 No Content\r\n\r\n")) {
      Exchange exchange = exchange(server);

      assertThat(exchange.status()).isEqualTo(204);
      assertThat(exchange.body()).isEmpty();
      assertEndedAtOnce(exchange);
      assertRequests(server, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST, true",
    "PUT, true",
    "PATCH, true",
    "DELETE, true",
    "DELETE, false",
    "GET, false"
  })
  void everyMethodIsSentWithItsBody(HttpMethod method, boolean hasBody) throws Exception {
    try (RawServer server = answering(OK)) {
      Exchange exchange =
          Exchange.of(
              transport(), request(method, server.url(), hasBody ? "{\"й\":1}" : null), LIMIT);

      assertThat(exchange.status()).isEqualTo(200);
      assertRequests(server, 1);
      RawServer.Received received = server.received().get(0);
      assertThat(received.line()).isEqualTo(method + " /things HTTP/1.1");
      assertThat(received.text()).isEqualTo(hasBody ? "{\"й\":1}" : "");
    }
  }

  @Test
  void headersAreSentAsGivenAndOnce() throws Exception {
    Map<String, Collection<String>> headers =
        Map.of(
            "Authorization", List.of("Bearer k-1"),
            "Content-Type", List.of("application/json"),
            "Content-Length", List.of("7"),
            "Host", List.of("elsewhere.test"),
            "X-Twice", List.of("a", "b"));
    try (RawServer server = answering(OK)) {
      Exchange exchange =
          Exchange.of(
              transport(), request(HttpMethod.POST, server.url(), "{\"n\":1}", headers), LIMIT);

      assertThat(exchange.status()).isEqualTo(200);
      assertRequests(server, 1);
      RawServer.Received received = server.received().get(0);
      assertThat(received.values("Authorization")).containsExactly("Bearer k-1");
      assertThat(received.values("Content-Type")).containsExactly("application/json");
      assertThat(received.values("Content-Length")).containsExactly("7");
      assertThat(received.values("Host"))
          .containsExactly(java.net.URI.create(server.url()).getAuthority());
      assertThat(received.values("X-Twice")).containsExactly("a", "b");
      assertThat(received.values("Upgrade")).isEmpty();
      assertThat(received.values("HTTP2-Settings")).isEmpty();
    }
  }

  // Interrupts

  private static void assertEndedBy(long interruptedAt, Exchange exchange) {
    assertThat(Duration.ofNanos(exchange.endedAt() - interruptedAt))
        .isBetween(Duration.ZERO, AFTER_INTERRUPT);
    assertThat(exchange.interrupted()).as("interrupt flag").isTrue();
  }

  @Test
  void anInterruptEndsConnecting() throws Exception {
    try (FullPort port = new FullPort()) {
      assumeThat(port.isFull()).isTrue();
      Exchange.Running running = Exchange.Running.start(transport(), post(port.url()), LONG);
      running.awaitWaiting();

      long interruptedAt = System.nanoTime();
      running.interrupt();

      Exchange exchange = running.await();
      exchange.failed(INTERRUPTED, false);
      assertEndedBy(interruptedAt, exchange);
      assertNothingSentBelated(port);
    }
  }

  @Test
  void anInterruptEndsTheWaitForHeaders() throws Exception {
    try (RawServer server = script(RawServer.Connection::stall)) {
      Exchange.Running running = Exchange.Running.start(transport(), post(server.url()), LONG);
      assertThat(server.awaitRequests(1, LONG)).isTrue();

      long interruptedAt = System.nanoTime();
      running.interrupt();

      Exchange exchange = running.await();
      assertThat(exchange.failed(INTERRUPTED, true).received()).isEmpty();
      assertEndedBy(interruptedAt, exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  @Test
  void anInterruptEndsABody() throws Exception {
    CountDownLatch inBody = new CountDownLatch(1);
    try (RawServer server =
        script(
            conn -> {
              conn.readRequest();
              conn.write("HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n");
              conn.writeBeyondBuffers();
              inBody.countDown();
              conn.stall();
            })) {
      Exchange.Running running = Exchange.Running.start(transport(), post(server.url()), LONG);
      assertThat(inBody.await(5, TimeUnit.SECONDS)).isTrue();

      long interruptedAt = System.nanoTime();
      running.interrupt();

      Exchange exchange = running.await();
      assertThat(exchange.failed(INTERRUPTED, true).received().orElseThrow().status())
          .isEqualTo(200);
      assertEndedBy(interruptedAt, exchange);
      assertClientGone(server);
      assertRequests(server, 1);
    }
  }

  @Test
  void anInterruptBeforeTheCallEndsIt() throws Exception {
    try (RawServer server = script(RawServer.Connection::stall)) {
      Exchange exchange;
      Thread.currentThread().interrupt();
      try {
        exchange = exchange(server);
      } finally {
        assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
      }

      boolean left = exchange.failed(INTERRUPTED).requestLeft();
      assertThat(exchange.interrupted()).isTrue();
      assertEndedAtOnce(exchange);
      assertThat(server.awaitRequests(left ? 2 : 1, WATCH)).isFalse();
    }
  }

  private RawServer closingAfter(String answer) throws Exception {
    return script(
        conn -> {
          conn.readRequest();
          conn.write(answer);
          conn.close();
        });
  }

  private static void assertReceived(ExchangeException failure, int status, String body) {
    assertThat(failure.received()).isPresent();
    assertThat(failure.received().orElseThrow().status()).isEqualTo(status);
    assertThat(receivedText(failure)).isEqualTo(body);
  }

  private static String receivedText(ExchangeException failure) {
    return new String(failure.received().orElseThrow().body(), StandardCharsets.UTF_8);
  }
}
