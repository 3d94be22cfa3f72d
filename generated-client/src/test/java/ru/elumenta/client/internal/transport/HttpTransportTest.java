package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Exchange.post;
import static ru.elumenta.client.internal.transport.Exchange.request;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.BROKEN;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.INTERRUPTED;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.TOO_LARGE;

import feign.Client;
import feign.Request.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest extends TransportContract {
  private static final Duration LONG = Duration.ofSeconds(5);
  private static final Duration GONE = Duration.ofSeconds(10);
  private static final Duration AT_ONCE = Duration.ofMillis(500);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

  private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
  private final HttpTransport transport = new HttpTransport();

  @Override
  Client transport() {
    return transport;
  }

  @AfterEach
  void close() {
    transport.close();
  }

  // Size; the JDK may take 3 s to close a connection that it has ceased to read

  private static final byte[] MEBIBYTE = new byte[1 << 20];

  /** A server whose body never ends. */
  private static RawServer endless(int status) throws Exception {
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write("HTTP/1.1 %s Big\r\n\r\n".formatted(status));
          while (true) {
            conn.write(MEBIBYTE);
          }
        });
  }

  @Test
  void aSuccessBeyond64MebibytesFailsAndIsNotReadOn() throws Exception {
    try (RawServer server = endless(200)) {
      Exchange exchange = Exchange.of(transport, post(server.url()), LONG);

      ExchangeException failure = exchange.failed(TOO_LARGE, true);
      assertThat(failure).hasMessageContaining("67108864");
      assertThat(failure.received().orElseThrow().body()).hasSize(1 << 20);
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 402, 500})
  void anErrorBeyondOneMebibyteIsCutThereAndNotReadOn(int status) throws Exception {
    try (RawServer server = endless(status)) {
      Exchange exchange = Exchange.of(transport, post(server.url()), LONG);

      assertThat(exchange.status()).isEqualTo(status);
      assertThat(exchange.body()).hasSize(1 << 20);
      assertThat(server.awaitClientGone(LONG)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  // Requests that cannot be sent

  @Test
  void aHeaderThatCannotBeSentFailsWithoutShowingIt() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      Exchange exchange =
          Exchange.of(
              transport,
              request(
                  HttpMethod.POST,
                  server.url(),
                  "{}",
                  Map.of("Authorization", List.of("Bearer k-1\r\nX: y"))),
              LONG);

      ExchangeException failure = exchange.failed(BROKEN, false);
      assertThat(failure).hasNoCause().hasMessageNotContaining("k-1");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void anAddressThatCannotBeUsedFailsWithoutShowingIt() {
    Exchange exchange = Exchange.of(transport, post("ftp://user:k-1@127.0.0.1/"), LONG);

    assertThat(exchange.failed(BROKEN, false)).hasNoCause().hasMessageNotContaining("k-1");
  }

  @Test
  void aTimeLimitOfZeroIsNone() throws Exception {
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readRequest();
              conn.pause(Duration.ofMillis(50));
              conn.write(OK);
            })) {
      assertThat(Exchange.of(transport, post(server.url()), Duration.ZERO).status()).isEqualTo(200);
    }
  }

  // Closing

  @Test
  void closingEndsTheWaitForHeaders() throws Exception {
    try (RawServer server = RawServer.script(RawServer.Connection::stall)) {
      Exchange.Running running = Exchange.Running.start(transport, post(server.url()), LONG);
      assertThat(server.awaitRequests(1, LONG)).isTrue();

      assertClosingEnds(running, server);
    }
  }

  @Test
  void closingEndsABody() throws Exception {
    CountDownLatch inBody = new CountDownLatch(1);
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readRequest();
              conn.write("HTTP/1.1 200 OK\r\n\r\n");
              conn.writeBeyondBuffers();
              inBody.countDown();
              conn.stall();
            })) {
      Exchange.Running running = Exchange.Running.start(transport, post(server.url()), LONG);
      assertThat(inBody.await(5, TimeUnit.SECONDS)).isTrue();

      assertClosingEnds(running, server);
    }
  }

  private void assertClosingEnds(Exchange.Running running, RawServer server) throws Exception {
    running.awaitWaiting();
    long closedAt = System.nanoTime();
    transport.close();

    Exchange exchange = running.await();
    exchange.failed(INTERRUPTED, true);
    assertThat(exchange.interrupted()).as("interrupt flag").isFalse();
    assertThat(Duration.ofNanos(exchange.endedAt() - closedAt)).isLessThan(AT_ONCE);
    assertThat(server.awaitClientGone(GONE)).isTrue();
    assertThat(server.requests()).isEqualTo(1);
  }

  @Test
  void aClosedTransportSendsNothing() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      transport.close();
      transport.close();

      Exchange exchange = Exchange.of(transport, post(server.url()), LONG);

      exchange.failed(INTERRUPTED, false);
      assertThat(exchange.interrupted()).as("interrupt flag").isFalse();
      assertThat(exchange.elapsed()).isLessThan(AT_ONCE);
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void closingClosesIdleConnections() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      useAndClose(server);

      assertThat(server.awaitClientGone(GONE)).isTrue();
    }
  }

  private static void useAndClose(RawServer server) {
    try (HttpTransport other = new HttpTransport()) {
      assertThat(Exchange.of(other, post(server.url()), LONG).status()).isEqualTo(200);
    }
  }

  @Test
  void itsThreadsAreDaemonsAndEndWithIt() throws Exception {
    try (RawServer server = RawServer.answering(OK)) {
      assertThat(Exchange.of(transport, post(server.url()), LONG).status()).isEqualTo(200);

      List<Thread> begun = new ArrayList<>(Thread.getAllStackTraces().keySet());
      begun.removeAll(threadsBefore);
      begun.remove(Thread.currentThread());
      assertThat(begun).allMatch(Thread::isDaemon);
      List<Thread> own =
          begun.stream().filter(thread -> thread.getName().startsWith("elumenta-http-")).toList();
      assertThat(own).isNotEmpty();

      transport.close();

      for (Thread thread : own) {
        thread.join(5000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }
}
