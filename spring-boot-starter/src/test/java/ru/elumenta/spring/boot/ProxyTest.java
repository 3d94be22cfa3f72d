package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.internal.transport.TestAuthority;
import ru.elumenta.client.internal.transport.TestProxy;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Paid calls through a proxy that the properties name and that wants a password. */
class ProxyTest {
  private static final String ANN = "Basic YW5uOnBhc3Mtd29yZA=="; // ann:pass-word

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static SSLContext server;

  @BeforeAll
  static void certify() throws Exception {
    authority = new TestAuthority(folder);
    server = authority.server();
  }

  private static ApplicationContextRunner through(
      TestProxy proxy, ApplicationContextRunner client, String password) {
    return client.withPropertyValues(
        "elumenta.network.proxy.host=127.0.0.1",
        "elumenta.network.proxy.port=" + proxy.port(),
        "elumenta.network.proxy.user=ann",
        "elumenta.network.proxy.password=" + password);
  }

  private static ApplicationContextRunner client(SecureService service) {
    return Contexts.withoutKey()
        .withPropertyValues(
            "elumenta.api-key=nb_0123456789abcdef",
            "elumenta.base-url=" + service.url(),
            "elumenta.ssl.bundle=service",
            "spring.ssl.bundle.pem.service.truststore.certificate="
                + authority.certificate().toUri());
  }

  private static Generation generated(ElumentaClient elumenta) {
    return elumenta.generate(new GenerationRequest().model("gpt-5-nano").prompt("x"));
  }

  private static ElumentaException refused(ElumentaClient elumenta) {
    ElumentaException failure =
        catchThrowableOfType(ElumentaException.class, () -> generated(elumenta));
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure).hasMessageNotContaining("wrong-one");
    return failure;
  }

  @Test
  void aPaidRequestReachesHttpsOnce() throws Exception {
    try (SecureService service = new SecureService(server, false);
        TestProxy proxy = new TestProxy(ANN)) {
      through(proxy, client(service), "pass-word")
          .run(context -> generated(context.getBean(ElumentaClient.class)));

      assertThat(service.requests()).containsExactly("POST /generate");
      assertThat(proxy.heads()).hasSize(1);
      assertThat(proxy.heads().get(0))
          .startsWith("CONNECT localhost:" + service.port() + " HTTP/1.1\r\n");
    }
  }

  @Test
  void aPaidRequestReachesHttpOnce() throws Exception {
    try (ElumentaSimulator service = ElumentaSimulator.start();
        TestProxy proxy = new TestProxy(ANN)) {
      through(proxy, Contexts.of(service), "pass-word")
          .run(context -> generated(context.getBean(ElumentaClient.class)));

      assertThat(service.requests("createGeneration")).isEqualTo(1);
      assertThat(service.charges()).isEqualTo(1);
      assertThat(proxy.heads().get(0))
          .startsWith("POST " + service.baseUrl() + "/generate HTTP/1.1\r\n");
    }
  }

  @Test
  void aWrongPasswordReachesNothingAndTheProxyIsAskedOnce() throws Exception {
    try (SecureService service = new SecureService(server, false);
        TestProxy proxy = new TestProxy(ANN)) {
      through(proxy, client(service), "wrong-one")
          .run(
              context ->
                  assertThat(refused(context.getBean(ElumentaClient.class)))
                      .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port())
                      .hasMessageContaining("407")
                      .hasMessageContaining("does not accept the user and the password"));

      assertThat(service.requests()).isEmpty();
      assertThat(proxy.heads()).hasSize(1); // a proxy may count wrong passwords
    }
  }

  @Test
  void aWrongPasswordOnTheWayToHttpReachesNothingEither() throws Exception {
    try (ElumentaSimulator service = ElumentaSimulator.start();
        TestProxy proxy = new TestProxy(ANN)) {
      through(proxy, Contexts.of(service), "wrong-one")
          .run(
              context ->
                  assertThat(refused(context.getBean(ElumentaClient.class)))
                      .hasMessageContaining("407")
                      .hasMessageContaining("The proxy wants a user and a password"));

      assertThat(service.requests()).isZero();
      assertThat(proxy.heads()).hasSize(1);
    }
  }
}
