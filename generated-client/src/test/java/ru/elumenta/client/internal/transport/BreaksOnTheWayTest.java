package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Exchange.post;
import static ru.elumenta.client.internal.transport.Exchange.request;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.BROKEN;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.INTERRUPTED;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.TIMEOUT;

import feign.Request;
import feign.Request.HttpMethod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off at an odd place, plain and over TLS; each request is sent once. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BreaksOnTheWayTest {
  private static final Duration LIMIT = Duration.ofMillis(600);
  private static final Duration TOLERANCE = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration WATCH = Duration.ofMillis(150);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  private static final String LARGE = "x".repeat(20 << 20);

  @TempDir private static Path folder;
  private static SSLContext ofServer;
  private static SSLContext trust;

  private final HttpTransport transport = TlsTransportTest.over(trust);

  @BeforeAll
  static void certify() throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    ofServer = authority.server();
    trust = authority.trust();
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private static RawServer server(boolean isTls, RawServer.Script... scripts) throws Exception {
    return isTls ? RawServer.overTls(ofServer, scripts) : RawServer.script(scripts);
  }

  /** A request that no socket takes at once. */
  private static Request large(RawServer server) {
    return request(HttpMethod.POST, server.url(), LARGE);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerThatNeverReadsALargeRequestDoesNotHoldItsCallerBeyondTheLimit(boolean isTls)
      throws Exception {
    try (RawServer server =
        server(
            isTls,
            conn -> {
              conn.readHeadOnly();
              conn.pause(LONG);
            })) {
      Exchange exchange = Exchange.of(transport, large(server), LIMIT);

      exchange.failed(TIMEOUT, true);
      assertThat(exchange.elapsed()).isBetween(LIMIT, LIMIT.plus(TOLERANCE));
      assertThat(server.requests()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptEndsTheWritingOfALargeRequest(boolean isTls) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server =
        server(
            isTls,
            conn -> {
              conn.readHeadOnly();
              begun.countDown();
              conn.pause(LONG);
            })) {
      Exchange.Running running = Exchange.Running.start(transport, large(server), LONG);
      begun.await();
      running.awaitWaiting();
      long interruptedAt = System.nanoTime();
      running.interrupt();
      Exchange exchange = running.await();

      exchange.failed(INTERRUPTED, true);
      assertThat(exchange.interrupted()).isTrue();
      assertThat(Duration.ofNanos(exchange.endedAt() - interruptedAt)).isLessThan(TOLERANCE);
      assertThat(server.requests()).isZero();
    }
  }

  /** Whether the answer is seen is chance; what is not may be charged, and is not sent again. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anAnswerBeforeTheRequestWasReadIsTheAnswerOrAnUnknownOutcome(boolean isTls)
      throws Exception {
    try (RawServer server =
        server(
            isTls,
            conn -> {
              conn.readHeadOnly();
              conn.write("HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\n{}");
              conn.close();
            })) {
      Exchange exchange = Exchange.of(transport, large(server), LONG);

      if (exchange.failure() == null) {
        assertThat(exchange.status()).isEqualTo(413);
      } else {
        exchange.failed(BROKEN, true);
      }
      assertThat(exchange.elapsed()).isLessThan(LONG);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, 'HTTP/1.1 200'",
    "false, 'HTTP/1.1 200 OK'",
    "false, 'HTTP/1.1 200 OK\r\nContent-Le'",
    "false, 'HTTP/1.1 200 OK\r\nX-Id: 7\r\n'",
    "true, 'HTTP/1.1 200 OK\r\nX-Id: 7\r\n'",
  })
  void aHeadThatIsCutOffIsNoHead(boolean isTls, String head) throws Exception {
    try (RawServer server =
        server(
            isTls,
            conn -> {
              conn.readRequest();
              conn.write(head.replace("\\r\\n", "\r\n"));
              conn.close();
            })) {
      Exchange exchange = Exchange.of(transport, post(server.url()), LONG);

      exchange.failed(BROKEN, true);
      assertThat(server.awaitRequests(2, WATCH)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEndOfTcpWithinABodyOfKnownLengthIsNoEndOfTheBody(boolean isTls) throws Exception {
    try (RawServer server =
        server(
            isTls,
            conn -> {
              conn.readRequest();
              conn.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"half");
              conn.cut();
            })) {
      Exchange.of(transport, post(server.url()), LONG).failed(BROKEN, true);
      assertThat(server.awaitRequests(2, WATCH)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aHundredConnectionsThatDieAtOnceFailOnceEachAndTheNextCallGoesThrough(boolean isTls)
      throws Exception {
    int count = 100;
    CountDownLatch allHere = new CountDownLatch(count);
    RawServer.Script dies =
        conn -> {
          conn.readRequest();
          allHere.countDown();
          allHere.await();
          conn.reset();
        };
    List<RawServer.Script> scripts = new ArrayList<>(java.util.Collections.nCopies(count, dies));
    scripts.add(
        conn -> {
          conn.readRequest();
          conn.write(OK);
        });
    try (RawServer server = server(isTls, scripts.toArray(new RawServer.Script[0]))) {
      List<Exchange.Running> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        running.add(Exchange.Running.start(transport, post(server.url()), Duration.ofSeconds(20)));
      }
      for (Exchange.Running each : running) {
        each.await().failed(BROKEN, true);
      }

      assertThat(Exchange.of(transport, post(server.url()), LONG).status()).isEqualTo(200);
      assertThat(server.requests()).isEqualTo(count + 1);
      assertThat(server.connections()).isEqualTo(count + 1);
    }
  }

  /** Session tickets of TLS 1.3 come after the handshake, and are no answer to anything. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyRequestsUseOneConnection(boolean isTls) throws Exception {
    try (RawServer server =
        server(
            isTls,
            conn -> {
              for (int i = 0; i < 20; i++) {
                conn.readRequest();
                conn.write(OK);
              }
            })) {
      for (int i = 0; i < 20; i++) {
        assertThat(Exchange.of(transport, post(server.url()), LONG).status()).isEqualTo(200);
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatTheServerHasHalfClosedIsNotUsedAgain(boolean isTls) throws Exception {
    CountDownLatch isHalfClosed = new CountDownLatch(1);
    try (RawServer server =
        server(
            isTls,
            conn -> {
              conn.readRequest();
              conn.write(OK);
              conn.halfClose();
              isHalfClosed.countDown();
            },
            conn -> {
              conn.readRequest();
              conn.write(OK);
            })) {
      assertThat(Exchange.of(transport, post(server.url()), LONG).status()).isEqualTo(200);
      isHalfClosed.await();

      assertThat(Exchange.of(transport, post(server.url()), LONG).status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(2);
      assertThat(server.requests()).isEqualTo(2);
    }
  }
}
