package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import redis.embedded.RedisServer;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.redis.Fleet;
import ru.elumenta.redis.RedisCallJournal;
import ru.elumenta.redis.RedisSessionStore;

/** Two applications of one account, by properties. */
class FleetTest {
  private static final String KEY =
      Base64.getEncoder().encodeToString("a key of sixteen".getBytes(StandardCharsets.US_ASCII));
  private static int port;
  private static RedisServer redis;

  private final ElumentaSimulator service = ElumentaSimulator.start();

  @BeforeAll
  static void start() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    redis = RedisServer.newRedisServer().port(port).setting("bind 127.0.0.1").build();
    redis.start();
  }

  @AfterAll
  static void stop() throws Exception {
    redis.stop();
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private static ApplicationContextRunner with(String... properties) {
    return Contexts.withoutKey()
        .withConfiguration(AutoConfigurations.of(ElumentaFleetAutoConfiguration.class))
        .withPropertyValues(properties);
  }

  private ApplicationContextRunner withFleet(String account, String... properties) {
    return with("elumenta.base-url=" + service.baseUrl())
        .withPropertyValues(
            "elumenta.fleet.redis=redis://127.0.0.1:" + port, "elumenta.fleet.account=" + account)
        .withPropertyValues(properties);
  }

  @Test
  void aCallOfOneIsSeenByTheOther() {
    ApplicationContextRunner machine = withFleet("calls", "elumenta.api-key=" + service.apiKey());
    machine.run(
        one ->
            machine.run(
                other -> {
                  assertThat(one).hasSingleBean(RedisCallJournal.class);
                  assertThat(one).doesNotHaveBean(SessionStore.class);
                  assertThat(shown(one.getBean(ElumentaClientBuilder.class), "pacing"))
                      .contains("Redis");
                  ElumentaClient client = one.getBean(ElumentaClient.class);
                  String id =
                      client
                          .generate(new GenerationRequest().model("dall-e-3").prompt("A boat"))
                          .getId()
                          .toString();
                  CallJournal theirs = other.getBean(CallJournal.class);
                  assertThat(theirs.claims(Set.of(id))).containsKey(id);
                  assertThat(theirs.openCalls()).isEmpty();
                }));
  }

  @Test
  void aLoginOfOneServesTheOther() {
    ApplicationContextRunner machine =
        withFleet(
            "session",
            "elumenta.session.email=" + ElumentaSimulator.EMAIL,
            "elumenta.session.password=" + ElumentaSimulator.PASSWORD,
            "elumenta.fleet.encryption-key=" + KEY);
    machine.run(one -> one.getBean(ElumentaClient.class).balance());
    machine.run(
        other -> {
          assertThat(other).hasSingleBean(RedisSessionStore.class);
          other.getBean(ElumentaClient.class).balance();
        });
    assertThat(service.requests("login")).isEqualTo(1);
    assertThat(service.requests("getBalance")).isEqualTo(2);
  }

  @Test
  void withoutPropertiesOrWithoutTheModuleNothingIsShared() {
    with("elumenta.api-key=" + service.apiKey())
        .run(context -> assertThat(context).doesNotHaveBean(Fleet.class));
    withFleet("none", "elumenta.api-key=" + service.apiKey())
        .withClassLoader(new FilteredClassLoader("ru.elumenta.redis"))
        .run(
            context -> {
              assertThat(context).hasNotFailed().hasSingleBean(ElumentaClient.class);
              assertThat(context.containsBean("elumentaFleet")).isFalse();
            });
  }

  @Test
  void whatDoesNotFitIsRefusedByNameAndWithoutTheSecret() {
    refused("elumenta.fleet.encryption-key", "elumenta.session.email=a@example.com");
    refused(
        "elumenta.fleet.encryption-key",
        "elumenta.session.email=a@example.com",
        "elumenta.fleet.encryption-key=not&base64");
    refused("elumenta.fleet", "elumenta.fleet.account=a b");
    refused("elumenta.fleet", "elumenta.fleet.lease=1ms");
    refused("elumenta.fleet", "elumenta.fleet.username=somebody");
    refused("elumenta.fleet", "elumenta.fleet.redis=redis://:se%cret@somewhere");
    refused("elumenta.fleet.cluster-nodes", "elumenta.fleet.cluster-nodes=redis://one,redis://two");
    refused("elumenta.journal.file", "elumenta.journal.file=calls");
  }

  private void refused(String property, String... properties) {
    withFleet("refused", properties)
        .run(
            context -> {
              assertThat(context).hasFailed();
              Throwable cause = context.getStartupFailure();
              while (!(cause instanceof UnusablePropertyException) && cause.getCause() != null) {
                cause = cause.getCause();
              }
              assertThat(cause)
                  .isInstanceOf(UnusablePropertyException.class)
                  .hasMessageStartingWith(property + ":")
                  .hasMessageNotContaining("not&base64")
                  .hasMessageNotContaining("cret");
            });
  }

  @Test
  void eachPropertyReachesTheFleet() {
    with(
            "elumenta.fleet.redis=redis-sentinel://one,two/0#primary",
            "elumenta.fleet.password=secret",
            "elumenta.fleet.username=somebody",
            "elumenta.fleet.prefix=shop",
            "elumenta.fleet.account=studio",
            "elumenta.fleet.timeout=1s",
            "elumenta.fleet.lease=5s",
            "elumenta.fleet.longest-pause=1m",
            "elumenta.fleet.keep-session=31d",
            "elumenta.fleet.keep-calls=2d",
            "elumenta.fleet.encryption-key=" + KEY,
            "elumenta.fleet.further-encryption-keys=" + KEY,
            "elumenta.fleet.replicas=1",
            "elumenta.fleet.disk=true",
            "elumenta.fleet.send-unrecorded=true",
            "elumenta.fleet.allow-eviction=true")
        .run(
            context ->
                assertThat(context.getBean(Fleet.class).toString())
                    .contains(
                        "Redis at one:26379, two:26379 for primary",
                        "keys {shop:studio}:…",
                        "2 encryption key(s)",
                        "timeout=PT1S",
                        "lease=PT5S",
                        "longestPause=PT1M",
                        "keepSession=PT744H",
                        "keepCalls=PT48H",
                        "Durability[replicas=1, disk=true]",
                        "SEND_UNRECORDED",
                        "allowsEviction=true")
                    .doesNotContain("secret"));
  }

  @Test
  void aJournalOfTheApplicationsOwnIsUsedInstead() {
    withFleet("own", "elumenta.api-key=" + service.apiKey())
        .withBean(CallJournal.class, CallJournal::inMemory)
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(RedisCallJournal.class);
              assertThat(context).doesNotHaveBean(FileCallJournal.class);
              assertThat(
                      BuilderFields.of(context.getBean(ElumentaClientBuilder.class)).get("journal"))
                  .hasToString("CallJournal[0 open, in memory]");
            });
  }

  private static String shown(ElumentaClientBuilder builder, String field) {
    return String.valueOf(BuilderFields.of(builder).get(field));
  }

  @Test
  void pacingCanBeLeftOut() {
    withFleet("unpaced", "elumenta.api-key=" + service.apiKey(), "elumenta.fleet.pacing=false")
        .run(
            context ->
                assertThat(shown(context.getBean(ElumentaClientBuilder.class), "pacing"))
                    .isEqualTo("null"));
  }
}
