package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Exchange.post;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.BROKEN;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.INTERRUPTED;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.TIMEOUT;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A handshake that does not come to its end: nothing of the request was sent, for certain. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsHandshakeTest {
  private static final Duration LIMIT = Duration.ofMillis(600);
  private static final Duration TOLERANCE = Duration.ofMillis(500);
  private static final Duration LONG = Duration.ofSeconds(5);

  /** The beginning of a ServerHello that says it is longer. */
  private static final byte[] HALF_A_RECORD = {0x16, 3, 3, 0, 100, 2, 0, 0, 96, 3, 3};

  private final HttpTransport transport = TlsTransportTest.over(anyTrust());

  private static SSLContext anyTrust() {
    try {
      return SSLContext.getDefault();
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    transport.close();
  }

  /** What a server does in the place of a handshake. */
  enum Breaks {
    AT_ONCE(RawServer.Connection::cut),
    AFTER_THE_FIRST_WORD(
        conn -> {
          conn.readAvailable();
          conn.cut();
        }),
    BY_RESET(
        conn -> {
          conn.readAvailable();
          conn.reset();
        }),
    WITHIN_ITS_ANSWER(
        conn -> {
          conn.readAvailable();
          conn.write(HALF_A_RECORD);
          conn.cut();
        }),
    BY_SPEAKING_HTTP(
        conn -> {
          conn.readAvailable();
          conn.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
          conn.close();
        });

    private final RawServer.Script script;

    Breaks(RawServer.Script script) {
      this.script = script;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHandshakeThatBreaksHasSentNothing(Breaks breaks) throws Exception {
    try (RawServer server = RawServer.script(breaks.script)) {
      Exchange exchange = Exchange.of(transport, post(server.url("https")), LONG);

      assertThat(exchange.failed(BROKEN, false))
          .hasMessageContaining("127.0.0.1")
          .hasMessageContaining(String.valueOf(server.port()));
      assertThat(exchange.elapsed()).isLessThan(LONG);
    }
  }

  @Test
  void aHandshakeThatStallsEndsAtTheLimit() throws Exception {
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readAvailable();
              conn.pause(LONG);
            })) {
      Exchange exchange = Exchange.of(transport, post(server.url("https")), LIMIT);

      exchange.failed(TIMEOUT, false);
      assertThat(exchange.elapsed()).isBetween(LIMIT, LIMIT.plus(TOLERANCE));
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readAvailable();
              begun.countDown();
              conn.pause(LONG);
            })) {
      Exchange.Running running = Exchange.Running.start(transport, post(server.url("https")), LONG);
      begun.await();
      running.awaitWaiting();
      long interruptedAt = System.nanoTime();
      running.interrupt();
      Exchange exchange = running.await();

      exchange.failed(INTERRUPTED, false);
      assertThat(exchange.interrupted()).isTrue();
      assertThat(Duration.ofNanos(exchange.endedAt() - interruptedAt)).isLessThan(TOLERANCE);
    }
  }

  @Test
  void closingTheTransportEndsIt() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readAvailable();
              begun.countDown();
              conn.pause(LONG);
            })) {
      Exchange.Running running = Exchange.Running.start(transport, post(server.url("https")), LONG);
      begun.await();
      transport.close();

      running.await().failed(INTERRUPTED, false);
    }
  }
}
