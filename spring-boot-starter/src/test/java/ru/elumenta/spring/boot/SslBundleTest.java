package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.internal.transport.TestAuthority;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.Execution;
import ru.elumenta.error.TransportException;

/** Handshakes with a service whose authority nobody knows but a bundle of Spring. */
class SslBundleTest {
  private static final String KEY = "nb_0123456789abcdef0123456789abcdef";
  private static final String PEM = "spring.ssl.bundle.pem.service.";
  private static final String JKS = "spring.ssl.bundle.jks.service.";

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static SSLContext server;
  private static Path shop;

  @BeforeAll
  static void certify() throws Exception {
    authority = new TestAuthority(folder);
    server = authority.server();
    shop = authority.client("shop");
  }

  private static ApplicationContextRunner client(String url, String... properties) {
    return Contexts.withoutKey()
        .withPropertyValues("elumenta.api-key=" + KEY, "elumenta.base-url=" + url)
        .withPropertyValues("elumenta.network.direct=true", "elumenta.retry.max-attempts=1")
        .withPropertyValues(properties);
  }

  private static Generation generated(ElumentaClient elumenta) {
    return elumenta.generate(new GenerationRequest().model("gpt-5-nano").prompt("x"));
  }

  private static String[] trustAsPem() {
    return new String[] {PEM + "truststore.certificate=" + authority.certificate().toUri()};
  }

  private static String[] trustAsJks() {
    return new String[] {
      JKS + "truststore.location=" + shop.toUri(),
      JKS + "truststore.password=" + TestAuthority.PASSWORD,
      JKS + "truststore.type=PKCS12"
    };
  }

  static Stream<List<String>> bundles() {
    return Stream.of(List.of(trustAsPem()), List.of(trustAsJks()));
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void theBundleIsTheTrust(List<String> bundle) throws Exception {
    try (SecureService service = new SecureService(server, false)) {
      client(service.url(), bundle.toArray(String[]::new))
          .withPropertyValues("elumenta.ssl.bundle=service")
          .run(
              context -> {
                assertThat(generated(context.getBean(ElumentaClient.class)).getStatus().toString())
                    .isEqualToIgnoringCase("completed");
                assertThat(service.requests()).containsExactly("POST /generate");
              });
    }
  }

  @Test
  void aClientWithANameHasABundleOfItsOwn() throws Exception {
    try (SecureService service = new SecureService(server, false)) {
      client(service.url(), trustAsPem())
          .withPropertyValues(
              "elumenta.clients.posters.api-key=" + KEY,
              "elumenta.clients.posters.ssl.bundle=service")
          .run(
              context -> {
                generated(context.getBean("postersElumentaClient", ElumentaClient.class));
                assertThat(service.requests()).hasSize(1);
                assertThat(refused(context.getBean("elumentaClient", ElumentaClient.class)))
                    .hasMessageContaining("not trusted");
                assertThat(service.requests()).hasSize(1);
              });
    }
  }

  private static TransportException refused(ElumentaClient elumenta) {
    TransportException failure =
        catchThrowableOfType(TransportException.class, () -> generated(elumenta));
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    return failure;
  }

  @Test
  void withoutItNothingIsSentAndTheFailureSaysWhereAndWhatToDo() throws Exception {
    try (SecureService service = new SecureService(server, false)) {
      client(service.url())
          .run(
              context ->
                  assertThat(refused(context.getBean(ElumentaClient.class)))
                      .hasMessageContaining("localhost:" + service.port())
                      .hasMessageContaining("certificate is not trusted")
                      .hasMessageContaining("NetworkOptions.withTls"));
      assertThat(service.requests()).isEmpty();
    }
  }

  @Test
  void theCertificateInTheBundleIsShownToAServiceThatAsksForIt() throws Exception {
    try (SecureService service = new SecureService(server, true)) {
      client(service.url(), trustAsJks())
          .withPropertyValues(
              "elumenta.ssl.bundle=service",
              JKS + "keystore.location=" + shop.toUri(),
              JKS + "keystore.password=" + TestAuthority.PASSWORD,
              JKS + "keystore.type=PKCS12",
              JKS + "key.alias=shop")
          .run(
              context -> {
                generated(context.getBean(ElumentaClient.class));
                assertThat(service.requests()).containsExactly("POST /generate");
                assertThat(service.callers()).containsExactly("CN=shop");
              });
    }
  }

  @Test
  void aServiceThatAsksForOneAndGetsNoneTakesNothing() throws Exception {
    try (SecureService service = new SecureService(server, true)) {
      client(service.url(), trustAsJks())
          .withPropertyValues(
              "elumenta.ssl.bundle=service",
              "elumenta.recovery=fail",
              JKS + "protocol=TLSv1.2") // 1.3 lets the caller send before it refuses
          .run(
              context ->
                  assertThat(refused(context.getBean(ElumentaClient.class)))
                      .hasMessageContaining("localhost:" + service.port())
                      .hasMessageContaining("the TLS handshake ended"));
      assertThat(service.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elumenta", "elumenta.clients.posters"})
  void anUnknownBundleKeepsTheApplicationFromStarting(String prefix) {
    client("https://localhost")
        .withPropertyValues("elumenta.clients.posters.api-key=" + KEY, prefix + ".ssl.bundle=none")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(
                        prefix
                            + ".ssl.bundle: there is none of the name 'none';"
                            + " give one of spring.ssl.bundle."));
  }

  @Test
  void aBundleThatCannotBeReadIsSaidToBe() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.crt"), "no certificate");
    client("https://localhost", PEM + "truststore.certificate=" + broken.toUri())
        .withPropertyValues("elumenta.ssl.bundle=service")
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("elumenta.ssl.bundle: 'service' cannot be read: "));
  }

  /** Spring tells of it; a client's trust is what it was when the client was made. */
  @Test
  void aBundleThatChangesIsThatOfTheNextClient() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Path certificate = new TestAuthority(other).certificate();
    Path trusted = Files.copy(certificate, folder.resolve("trusted.crt"));
    try (SecureService service = new SecureService(server, false)) {
      client(service.url(), PEM + "truststore.certificate=" + trusted.toUri())
          .withPropertyValues("elumenta.ssl.bundle=service", PEM + "reload-on-update=true")
          .withPropertyValues("spring.ssl.bundle.watch.file.quiet-period=50ms")
          .run(
              context -> {
                ElumentaClient elumenta = context.getBean(ElumentaClient.class);
                refused(elumenta);
                CountDownLatch isUpdated = new CountDownLatch(1);
                context
                    .getBean(SslBundles.class)
                    .addBundleUpdateHandler("service", bundle -> isUpdated.countDown());

                Files.copy(authority.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);

                assertThat(isUpdated.await(30, TimeUnit.SECONDS)).isTrue();
                refused(elumenta);
                try (ElumentaClient next = context.getBean(ElumentaClientBuilder.class).build()) {
                  generated(next);
                }
              });
      assertThat(service.requests()).hasSize(1);
    }
  }
}
