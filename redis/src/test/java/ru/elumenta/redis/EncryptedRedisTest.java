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
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;

/** A Redis that is spoken to by TLS alone, and wants to see the certificate of its clients. */
class EncryptedRedisTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path folder;
  private static TlsFiles server;
  private static TlsFiles client;
  private static RealRedis redis;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    server = TlsFiles.make(folder, "server", "dns:localhost");
    client = TlsFiles.make(folder, "client", "dns:client");
    port = RealRedis.freePort();
    redis =
        RealRedis.start(
            "--tls-port",
            String.valueOf(port),
            "--tls-cert-file",
            server.certificate().toString(),
            "--tls-key-file",
            server.key().toString(),
            "--tls-ca-cert-file",
            client.certificate().toString());
    Assumptions.assumeTrue(redis.canBeKilled(), "a Redis of the test's own");
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  private static SslOptions.Builder trust(TlsFiles known) {
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
    return trust(server)
        .keyManager(client.certificate().toFile(), client.key().toFile(), null)
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
  void isNotUsedByThoseWhoDoNotKnowItsAuthority() {
    refused("localhost", trust(client).build());
  }

  @Test
  void isNotUsedUnderANameThatItsCertificateDoesNotHave() {
    refused("127.0.0.1", known());
  }

  @Test
  void refusesThoseWhoShowNoCertificate() {
    refused("localhost", trust(server).build());
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
