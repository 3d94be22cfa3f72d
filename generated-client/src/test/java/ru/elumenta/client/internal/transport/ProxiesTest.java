package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.NetworkOptions;
import ru.elumenta.error.Execution;
import ru.elumenta.error.TransportException;

/**
 * Each kind of request through a proxy, with a password and without, to http and to https: one in
 * Java, and those that are installed on this machine.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProxiesTest {
  private static final String ANN = "Basic YW5uOnBhc3Mtd29yZA=="; // ann:pass-word
  private static final int RECORDING = 3_000_000;

  @TempDir static Path keys;
  private static SSLContext server;
  private static SSLContext trust;

  @TempDir Path folder;

  @BeforeAll
  static void makeAuthority() throws Exception {
    TestAuthority authority = new TestAuthority(keys);
    server = authority.server();
    trust = authority.trust();
  }

  private static NetworkOptions network(int port, boolean hasPassword) {
    NetworkOptions options = NetworkOptions.defaults().withTls(trust);
    return hasPassword
        ? options.withProxy("127.0.0.1", port, "ann", "pass-word")
        : options.withProxy("127.0.0.1", port);
  }

  /** Logs in, and makes one request of each kind; the first one renews the session. */
  private static void assertEachKindPasses(WholeService service, NetworkOptions network)
      throws Exception {
    try (ElumentaSession session =
            ElumentaSession.builder().baseUrl(service.url()).network(network).build();
        ElumentaClient elumenta = session.client().network(network).build()) {
      session.login("ann@example.com", "long-password");
      Generation image =
          elumenta.generate(new GenerationRequest().model("dall-e-3").prompt("A lighthouse"));
      try (GenerationStream stream = elumenta.stream(Streams.prompt())) {
        Streams.all(stream);
        assertThat(stream.text()).isEqualTo("Once");
      }
      elumenta.transcribe(SpeechFile.of("a.mp3", Recording.of(RECORDING)::stream, RECORDING));
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      elumenta.download(image).to(file);

      assertThat(file.toByteArray()).isEqualTo(WholeService.FILE);
      assertThat(service.bytesOfRecording()).isGreaterThan(RECORDING);
      assertThat(service.seen())
          .containsExactly(
              "POST /auth/login",
              "POST /generate",
              "POST /auth/refresh",
              "POST /generate",
              "POST /generate/stream",
              "POST /stt",
              "GET /file.webp");
    }
  }

  /** There is no other way to the service than through the proxy. */
  private static void assertNothingPasses(
      WholeService service, NetworkOptions network, String problem) {
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey("nb_test_0123456789")
            .baseUrl(service.url())
            .network(network)
            .build()) {
      int before = service.seen().size();
      TransportException failure =
          catchThrowableOfType(
              TransportException.class,
              () -> elumenta.generate(new GenerationRequest().model("dall-e-3").prompt("x")));
      assertThat(failure).hasMessageContaining(problem).hasMessageNotContaining("pass-word");
      assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(service.seen()).hasSize(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void eachKindPassesOneInJava(boolean isTls, boolean wantsPassword) throws Exception {
    try (WholeService service = new WholeService(isTls ? server : null);
        TestProxy proxy = new TestProxy(wantsPassword ? ANN : null)) {
      assertEachKindPasses(service, network(proxy.port(), wantsPassword));

      assertThat(proxy.heads()).isNotEmpty();
      if (isTls) {
        assertThat(proxy.heads()).allMatch(head -> head.startsWith("CONNECT localhost:"));
        assertThat(proxy.heads()).noneMatch(head -> head.contains("access-"));
        if (wantsPassword) {
          assertNothingPasses(service, network(proxy.port(), false), "407");
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TINYPROXY,false,false", "TINYPROXY,false,true", "TINYPROXY,true,false", "TINYPROXY,true,true",
    "SQUID,false,false", "SQUID,false,true", "SQUID,true,false", "SQUID,true,true"
  })
  void eachKindPassesOneThatIsInstalled(
      InstalledProxy.Product product, boolean isTls, boolean wantsPassword) throws Exception {
    assumeTrue(product.program().isPresent(), product + " is not installed on this machine");
    try (WholeService service = new WholeService(isTls ? server : null)) {
      int port;
      try (InstalledProxy proxy = new InstalledProxy(product, wantsPassword, folder)) {
        port = proxy.port();
        assertEachKindPasses(service, network(port, wantsPassword));
        String used = isTls ? "CONNECT" : "POST";
        assertThat(proxy.logWith(used)).contains(used);
        if (isTls && wantsPassword) {
          assertNothingPasses(service, network(port, false), "407");
        }
      }
      assertNothingPasses(service, network(port, wantsPassword), "127.0.0.1:" + port);
    }
  }
}
