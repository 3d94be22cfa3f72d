package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ru.elumenta.client.options.NetworkOptions;

/**
 * Names with several addresses, one of which answers no attempt to connect, as behind a firewall
 * that drops what it does not like.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlackHoleTest {
  private static final byte[][] DEAD_FIRST = {{127, 0, 0, 3}, {127, 0, 0, 1}};
  private static final byte[][] DEAD_ONLY = {{127, 0, 0, 3}, {127, 0, 0, 3}};

  private static HttpTransport transport(byte[][] addresses, Duration connectTimeout) {
    ConnectionEngine engine =
        new ConnectionEngine(
            host -> {
              InetAddress[] found = new InetAddress[addresses.length];
              for (int i = 0; i < found.length; i++) {
                found[i] = InetAddress.getByAddress(host, addresses[i]);
              }
              return found;
            });
    NetworkOptions options =
        NetworkOptions.defaults().withoutProxy().withConnectTimeout(connectTimeout);
    return new HttpTransport(engine, true, new ClientNetwork(options, "http://two.test/"));
  }

  private static Exchange exchange(HttpTransport transport, int port, Duration limit)
      throws Exception {
    return Exchange.of(transport, Exchange.post("http://two.test:" + port + "/"), limit);
  }

  private static RawServer server() throws Exception {
    return RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
  }

  private static FullPort blackHole(int port) throws Exception {
    FullPort hole = new FullPort(InetAddress.getByAddress(DEAD_FIRST[0]), port);
    assumeTrue(hole.isFull(), "this system answers attempts to connect to a full port");
    return hole;
  }

  @Test
  void aDeadAddressTakesItsShareOfTheTimeToConnect() throws Exception {
    try (RawServer server = server();
        FullPort hole = blackHole(server.port());
        HttpTransport transport = transport(DEAD_FIRST, Duration.ofSeconds(1))) {
      Exchange exchange = exchange(transport, server.port(), Duration.ofSeconds(30));

      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.elapsed())
          .isBetween(Duration.ofMillis(490), Duration.ofMillis(1_500)); // half of it, and a bit
      assertThat(server.requests()).isEqualTo(1);
      assertThat(hole.sentBelated(Duration.ofMillis(100))).isEmpty();
    }
  }

  @Test
  void aDeadAddressDoesNotTakeTheTimeOfAShortCall() throws Exception {
    try (RawServer server = server();
        FullPort hole = blackHole(server.port());
        HttpTransport transport = transport(DEAD_FIRST, Duration.ofSeconds(10))) {
      Exchange exchange = exchange(transport, server.port(), Duration.ofSeconds(3));

      assertThat(exchange.status()).as("with %s", exchange.failure()).isEqualTo(200);
      assertThat(exchange.elapsed()).isLessThan(Duration.ofSeconds(3));
      assertThat(server.requests()).isEqualTo(1);
      assertThat(hole.isFull()).isTrue();
    }
  }

  @Test
  void whereAllAreDeadTheTimeToConnectIsTheTimeForAll() throws Exception {
    try (RawServer server = server();
        FullPort hole = blackHole(server.port());
        HttpTransport transport = transport(DEAD_ONLY, Duration.ofSeconds(1))) {
      Exchange exchange = exchange(transport, server.port(), Duration.ofSeconds(30));

      exchange.failed(ExchangeException.Kind.BROKEN, false);
      assertThat(exchange.failure())
          .hasMessageContaining("two.test:" + server.port())
          .hasMessageContaining("no connection within 1 s");
      assertThat(exchange.elapsed()).isBetween(Duration.ofMillis(990), Duration.ofMillis(2_000));
      assertThat(server.connections()).isZero();
      assertThat(hole.isFull()).isTrue();
    }
  }

  @Test
  void whereAllAreDeadTheLimitOfAShortCallHoldsAndNothingWasSent() throws Exception {
    try (RawServer server = server();
        FullPort hole = blackHole(server.port());
        HttpTransport transport = transport(DEAD_ONLY, Duration.ofSeconds(10))) {
      Exchange exchange = exchange(transport, server.port(), Duration.ofSeconds(1));

      exchange.failed(ExchangeException.Kind.TIMEOUT, false);
      assertThat(exchange.elapsed()).isBetween(Duration.ofMillis(990), Duration.ofMillis(2_000));
      assertThat(hole.isFull()).isTrue();
    }
  }
}
