package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Exchange.post;
import static ru.elumenta.client.internal.transport.ExchangeException.Kind.BROKEN;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that wants a certificate of its clients, from a client that has none. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RefusedCertificateTest {
  private static final Duration LONG = Duration.ofSeconds(10);

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static SSLContext context;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = new TestAuthority(folder);
    context = authority.server();
  }

  /** With TLS 1.3 the request is on its way before the server says no, and is read by nobody. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void hasNotBeenSentAnything(String protocol) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("localhost"));
        HttpTransport transport = TlsTransportTest.over(authority.trust())) {
      CompletableFuture<String> refusal =
          CompletableFuture.supplyAsync(() -> refuse(server, protocol));
      String address = "https://localhost:%d/x".formatted(server.getLocalPort());
      Exchange exchange = Exchange.of(transport, post(address), LONG);

      assertThat(exchange.failed(BROKEN, false))
          .hasMessageContaining("localhost:" + server.getLocalPort())
          .hasMessageContaining("certificate of the client");
      assertThat(refusal.join()).contains("certificate");
    }
  }

  /** The socket below stays open, so that nothing overtakes what is said. */
  private static String refuse(ServerSocket server, String protocol) {
    try {
      Socket plain = server.accept();
      SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, false);
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setNeedClientAuth(true);
      socket.startHandshake();
      return "none";
    } catch (SSLException e) {
      return e.getMessage();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
