package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.SslOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.internal.transport.TestAuthority;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;

/** A Redis that is spoken to by TLS alone, and wants to see the certificate of its clients. */
class EncryptedRedisTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  @TempDir private static Path foreign;
  private static TestAuthority authority;
  private static TlsFiles client;
  private static RealRedis redis;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    authority = new TestAuthority(folder);
    TlsFiles server = TlsFiles.of(authority.serverKeys());
    client = TlsFiles.of(authority.client("machine"));
    port = RealRedis.freePort();
    redis =
        RealRedis.start(
            "--tls-port",
            String.valueOf(port),
            "--tls-cert-file",
            server.certificates().toString(),
            "--tls-key-file",
            server.key().toString(),
            "--tls-ca-cert-file",
            authority.certificate().toString());
    Assumptions.assumeTrue(redis.canBeKilled(), "a Redis of the test's own");
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static SslOptions.Builder trust(TestAuthority known) {
    return SslOptions.builder().jdkSslProvider().trustManager(known.certificate().toFile());
  }

  private static RedisCallJournal journal(String host, SslOptions ssl) {
    return RedisCallJournal.of(
        FleetOptions.at("rediss://" + host + ":" + port)
            .ssl(ssl)
            .timeout(Duration.ofSeconds(10))
            .build());
  }

  private static SslOptions known() {
    return trust(authority)
        .keyManager(client.certificates().toFile(), client.key().toFile(), null)
        .build();
  }

  @Test
  void isUsedByThoseWhoTrustItAndShowTheirCertificate() {
    redis.clear();
    OpenCall call = Calls.image();
    try (RedisCallJournal journal = journal("localhost", known())) {
      journal.open(call, SOON);
      assertThat(journal.openCalls()).containsExactly(call);
    }
  }

  @Test
  void isNotUsedByThoseWhoDoNotKnowItsAuthority() throws Exception {
    refused("localhost", trust(new TestAuthority(foreign)).build());
  }

  @Test
  void isNotUsedUnderANameThatItsCertificateDoesNotHave() {
    refused("127.0.0.1", known());
  }

  @Test
  void refusesThoseWhoShowNoCertificate() {
    refused("localhost", trust(authority).build());
  }

  private static void refused(String host, SslOptions ssl) {
    redis.clear();
    try (RedisCallJournal journal = journal(host, ssl)) {
      JournalException failure =
          catchThrowableOfType(
              JournalException.class, () -> journal.open(Calls.image(), Duration.ofSeconds(10)));
      assertThat(failure)
          .hasMessageContaining(
              "the Redis at %s:%d cannot be spoken to by TLS. Nothing was sent"
                  .formatted(host, port));
      long keys = redis.ask(commands -> commands.dbsize());
      assertThat(keys).isZero();
    }
  }
}
