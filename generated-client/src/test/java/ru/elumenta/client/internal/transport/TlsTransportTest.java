package ru.elumenta.client.internal.transport;

import feign.Client;
import java.io.IOException;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.options.NetworkOptions;

/** The same over TLS, where every break comes in the midst of encrypted bytes. */
class TlsTransportTest extends TransportContract {
  @TempDir private static Path folder;
  private static SSLContext ofServer;
  private static SSLContext trust;

  private final HttpTransport transport = over(trust);

  @BeforeAll
  static void certify() throws Exception {
    TestAuthority authority = new TestAuthority(folder);
    ofServer = authority.server();
    trust = authority.trust();
  }

  /** A transport that trusts these certificates. */
  static HttpTransport over(SSLContext trust) {
    return new HttpTransport(
        new ConnectionEngine(),
        true,
        new ClientNetwork(
            NetworkOptions.defaults().withoutProxy().withTls(trust), "https://localhost"));
  }

  @Override
  Client transport() {
    return transport;
  }

  @Override
  RawServer script(RawServer.Script... scripts) throws IOException {
    return RawServer.overTls(ofServer, scripts);
  }

  @AfterEach
  void close() {
    transport.close();
  }
}
