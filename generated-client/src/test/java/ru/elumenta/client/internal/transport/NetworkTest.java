package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.options.NetworkOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.Execution;
import ru.elumenta.error.TransportException;

/** Clients whose way to the service is not the plain one, and what they say if it is barred. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NetworkTest {
  private static final String MODEL = "{\"slug\":\"dall-e-3\"}";
  private static final String OK =
      "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s".formatted(MODEL.length(), MODEL);
  private static final String ANN = "Basic YW5uOnBhc3Mtd29yZA=="; // ann:pass-word

  private static final NetworkOptions DIRECT = NetworkOptions.defaults().withoutProxy();

  @TempDir Path folder;
  private Set<Thread> before;

  @BeforeEach
  void rememberThreads() {
    before = Set.copyOf(Thread.getAllStackTraces().keySet());
  }

  private static ElumentaClientBuilder client(String url, NetworkOptions network) {
    return ElumentaClient.builder()
        .apiKey("nb_test_0123456789")
        .baseUrl(url)
        .retry(RetryOptions.none())
        .network(network);
  }

  private static String slug(ElumentaClientBuilder builder) {
    try (ElumentaClient elumenta = builder.build()) {
      return elumenta.api(ModelsApi.class).getModel("dall-e-3").getSlug();
    }
  }

  private static TransportException refused(String url, NetworkOptions network) {
    TransportException failure =
        catchThrowableOfType(TransportException.class, () -> slug(client(url, network)));
    assertThat(failure).isNotNull();
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    return failure;
  }

  private static RawServer server() throws Exception {
    return RawServer.script(
        conn -> {
          while (true) {
            conn.readRequest();
            conn.write(OK);
          }
        });
  }

  // Proxies

  @Test
  void aProxyWithAPasswordPassesHttpOnAndTheServiceDoesNotSeeThePassword() throws Exception {
    try (RawServer server = server();
        TestProxy proxy = new TestProxy(ANN)) {
      String url = "http://127.0.0.1:" + server.port();
      assertThat(
              slug(
                  client(
                      url,
                      NetworkOptions.defaults()
                          .withProxy("127.0.0.1", proxy.port(), "ann", "pass-word"))))
          .isEqualTo("dall-e-3");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(proxy.heads().get(0)).startsWith("GET " + url + "/models/dall-e-3 HTTP/1.1\r\n");
    }
  }

  @Test
  void aProxyWithAPasswordOpensTheWayToHttpsAndSeesNothingOfTheRequest() throws Exception {
    try (TlsServer server = new TlsServer(folder, "dns:localhost");
        TestProxy proxy = new TestProxy(ANN)) {
      NetworkOptions network =
          NetworkOptions.defaults()
              .withTls(server.trust())
              .withProxy("127.0.0.1", proxy.port(), "ann", "pass-word");
      assertThat(slug(client(server.url(), network))).isEqualTo("dall-e-3");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(proxy.heads().get(0))
          .startsWith("CONNECT localhost:" + server.port() + " HTTP/1.1\r\n")
          .doesNotContain("nb_test");
      assertThat(server.authorizations()).containsExactly("Bearer nb_test_0123456789");
      assertThat(server.proxyAuthorizations()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTunnelThatWantsAnotherPasswordIsAskedOnceAndSaysWhatIsMissing(boolean hasPassword)
      throws Exception {
    try (TlsServer server = new TlsServer(folder, "dns:localhost");
        TestProxy proxy = new TestProxy(ANN)) {
      NetworkOptions network = NetworkOptions.defaults().withTls(server.trust());
      TransportException failure =
          refused(
              server.url(),
              hasPassword
                  ? network.withProxy("127.0.0.1", proxy.port(), "ann", "wrong-one")
                  : network.withProxy("127.0.0.1", proxy.port()));
      assertThat(failure)
          .hasMessageContaining("127.0.0.1:" + proxy.port())
          .hasMessageContaining("407")
          .hasMessageContaining(hasPassword ? "does not accept" : "withProxy(host, port, user")
          .hasMessageNotContaining("wrong-one");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(server.authorizations()).isEmpty();
    }
  }

  // What cannot be reached

  @Test
  void aRefusedConnectionNamesHostAndPort() throws Exception {
    int port = RawServer.freePort();
    assertThat(refused("http://127.0.0.1:" + port, DIRECT))
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageContaining("was refused");
  }

  @Test
  void anUnknownHostIsNamed() {
    assertThat(refused("https://no-such-host.invalid:8443", DIRECT))
        .hasMessageContaining("no-such-host.invalid:8443")
        .hasMessageContaining("is not known");
  }

  @Test
  void aCertificateThatIsNotTrustedIsSaidToBe() throws Exception {
    try (TlsServer server = new TlsServer(folder, "dns:localhost")) {
      assertThat(refused(server.url(), DIRECT))
          .hasMessageContaining("localhost:" + server.port())
          .hasMessageContaining("is not trusted")
          .hasMessageContaining("withTls");
      assertThat(server.authorizations()).isEmpty();
    }
  }

  @Test
  void aCertificateForAnotherNameIsSaidToBe() throws Exception {
    try (TlsServer server = new TlsServer(folder, "dns:elsewhere.test")) {
      assertThat(refused(server.url(), DIRECT.withTls(server.trust())))
          .hasMessageContaining("localhost:" + server.port())
          .hasMessageContaining("for another name");
      assertThat(server.authorizations()).isEmpty();
    }
  }

  @Test
  void aPlainServerOnAnHttpsPortTookNothing() throws Exception {
    try (RawServer server =
        RawServer.script(
            conn -> {
              conn.readByte();
              conn.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
            })) {
      assertThat(refused("https://localhost:" + server.port(), DIRECT))
          .hasMessageContaining("localhost:" + server.port());
    }
  }

  @Test
  void ofSeveralAddressesADeadOneDoesNotMatter() throws Exception {
    try (RawServer server = server();
        ConnectionEngine engine =
            new ConnectionEngine(
                host ->
                    new java.net.InetAddress[] {
                      java.net.InetAddress.getByName("127.0.0.9"), // nobody listens there
                      java.net.InetAddress.getByName("127.0.0.1")
                    });
        HttpTransport transport = new HttpTransport(engine, true, ClientNetwork.defaults())) {
      Exchange exchange =
          Exchange.of(
              transport,
              Exchange.post("http://two.test:" + server.port() + "/"),
              Duration.ofSeconds(10));
      assertThat(exchange.status()).isEqualTo(200);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @Test
  void aSlowLookUpHoldsNobodyUpBeyondTheLimit() throws Exception {
    java.util.concurrent.CountDownLatch never = new java.util.concurrent.CountDownLatch(1);
    try (ConnectionEngine engine =
            new ConnectionEngine(
                host -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    // The engine is closed.
                  }
                  throw new java.net.UnknownHostException(host);
                });
        HttpTransport transport = new HttpTransport(engine, true, ClientNetwork.defaults())) {
      Exchange exchange =
          Exchange.of(transport, Exchange.post("http://slow.test/"), Duration.ofMillis(300));
      exchange.failed(ExchangeException.Kind.TIMEOUT, false);
      assertThat(exchange.elapsed()).isBetween(Duration.ofMillis(300), Duration.ofMillis(1500));
    }
  }

  // Headers

  @Test
  void eachRequestNamesTheClientAndHasTheHeadersThatWereGiven() throws Exception {
    try (RawServer server = server()) {
      NetworkOptions network = DIRECT.withHeader("X-Gateway", "g-7").withApplication("shop/1.4");
      assertThat(slug(client("http://127.0.0.1:" + server.port(), network))).isEqualTo("dall-e-3");
      RawServer.Received request = server.received().get(0);
      assertThat(request.values("X-Gateway")).containsExactly("g-7");
      assertThat(request.values("User-Agent")).hasSize(1);
      assertThat(request.values("User-Agent").get(0))
          .matches("elumenta-java/[0-9][^ ]* \\(java/[^)]+\\) shop/1\\.4");
    }
  }

  @Test
  void furtherHeadersDoNotGoToOtherHosts() throws Exception {
    try (RawServer other = server();
        HttpTransport transport =
            new HttpTransport(
                new ConnectionEngine(),
                true,
                new ClientNetwork(DIRECT.withHeader("X-Gateway", "g-7"), "https://a.test"))) {
      Exchange exchange =
          Exchange.of(transport, Exchange.post(other.url()), Duration.ofSeconds(10));
      assertThat(exchange.status()).isEqualTo(200);
      assertThat(other.received().get(0).values("X-Gateway")).isEmpty();
    }
  }

  // Sharing and closing

  @Test
  void aHundredClientsOfOneEngineHaveAHandfulOfThreadsAndOneConnection() throws Exception {
    try (RawServer server = server();
        HttpEngine engine = HttpEngine.create()) {
      List<ElumentaClient> clients = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        ElumentaClient elumenta =
            ElumentaClient.builder()
                .apiKey("nb_test_0123456" + i)
                .baseUrl("http://127.0.0.1:" + server.port())
                .sharedWith(engine)
                .build();
        clients.add(elumenta);
        assertThat(elumenta.api(ModelsApi.class).getModel("dall-e-3").getSlug()).isNotNull();
      }
      assertThat(server.connections()).isLessThan(5); // one, but for a machine that stumbles
      assertThat(server.requests()).isEqualTo(100);
      assertThat(ownThreads()).hasSizeLessThan(5);

      clients.get(0).close();
      assertThat(clients.get(1).api(ModelsApi.class).getModel("x").getSlug()).isNotNull();
      clients.forEach(ElumentaClient::close);
    }
  }

  private List<Thread> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("elumenta-") && !before.contains(thread))
        .toList();
  }

  @Test
  void manyClientsThatAreUsedAndClosedLeaveNothingBehind() throws Exception {
    try (RawServer server = server()) {
      for (int i = 0; i < 200; i++) {
        slug(client("http://127.0.0.1:" + server.port(), DIRECT));
      }
      assertThat(server.awaitClientGone(Duration.ofSeconds(10))).isTrue();
      for (Thread thread : ownThreads()) {
        thread.join(10_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
      assertThat(server.requests()).isEqualTo(200);
    }
  }

  @Test
  void aServerThatClosesSilentlyAfterEachAnswerLosesNoRequest() throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  conn.readRequest();
                  conn.write(OK);
                  conn.close();
                });
        HttpTransport transport = new HttpTransport()) {
      int lost = 0;
      for (int i = 0; i < 100; i++) {
        Exchange exchange =
            Exchange.of(transport, Exchange.post(server.url()), Duration.ofSeconds(10));
        lost += exchange.failure() == null ? 0 : 1;
      }
      assertThat(server.requests()).isLessThanOrEqualTo(100);
      assertThat(lost).as("lost of 100").isLessThanOrEqualTo(5); // a machine may stumble
    }
  }

  @Test
  void refusalsOfOptionsSayWhy() {
    for (String own : List.of("Authorization", "host", "User-Agent", "Transfer-Encoding")) {
      assertThat(
              catchThrowableOfType(
                  IllegalArgumentException.class, () -> DIRECT.withHeader(own, "x")))
          .hasMessageContaining(own);
    }
    assertThat(DIRECT.withProxy("p", 1, "ann", "pass-word").withHeader("X-A", "g-7").toString())
        .doesNotContain("pass-word")
        .doesNotContain("g-7");
    assertThat(Map.copyOf(DIRECT.withHeader("X-A", "1").withHeader("x-a", "2").headers()))
        .isEqualTo(Map.of("x-a", "2"));
  }
}
