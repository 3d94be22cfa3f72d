package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;

/** What docs/fleets.md shows is what is run here. */
class FleetPageTest {
  private static RealRedis redis;

  private final List<BatchOutcome> saved = new ArrayList<>();

  @BeforeAll
  static void startRedis() {
    redis =
        RealRedis.start(
            "--appendonly", "no", "--user", "elumenta", "on", ">for-tests", "~*", "&*", "+@all");
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  private static ElumentaSimulator service() {
    return ElumentaSimulator.builder().time(TimeSource.system()).start();
  }

  private static ElumentaClientBuilder of(ElumentaSimulator service) {
    return ElumentaClient.builder().baseUrl(service.baseUrl()).apiKey(service.apiKey());
  }

  @Test
  void aFleetThatIsAllowedInCalls() {
    String address = redis.address();
    String password = "for-tests";
    SecretKey key = Sessions.KEY;
    GenerationRequest request = new GenerationRequest().model("gpt-5").prompt("A haiku");
    try (ElumentaSimulator service = service()) {
      ElumentaClientBuilder builder = of(service);

      FleetOptions options =
          FleetOptions.at(address) // rediss://redis.example.com:6379
              .username("elumenta")
              .password(password)
              .account("studio") // several accounts fit in one Redis
              .encryptionKey(key) // AES, the same on all machines; for tokens
              .build();
      try (Fleet fleet = Fleet.of(options);
          ElumentaClient elumenta = fleet.applyTo(builder).build()) { // ElumentaClient.builder()…
        elumenta.generate(request);
      }

      assertThat(service.charges()).isEqualTo(1);
    }
  }

  @Test
  void whatNobodyLeftOpenIsTakenOverByNobody() {
    List<Generation> found = new ArrayList<>();
    try (ElumentaSimulator service = service();
        Fleet fleet = Fleet.of(RedisBatchTest.options(redis.address()).account("quiet").build());
        ElumentaClient elumenta = fleet.applyTo(of(service)).build()) {
      takeOver(fleet, elumenta, found::add);
      assertThat(found).isEmpty();
      assertThat(service.charges()).isZero();
    }
  }

  private static void takeOver(Fleet fleet, ElumentaClient elumenta, Consumer<Generation> results) {
    for (OpenCall call : fleet.callJournal().takeOver(100)) {
      if (elumenta.lookUp(call) instanceof LookUpResult.Found found) { // sends GETs only
        results.accept(found.job().await());
      }
    }
  }

  @Test
  void aBatchIsWorkedOff() {
    List<BatchItem> items = RedisBatchTest.items(1, 3);
    try (ElumentaSimulator service = service();
        Fleet fleet = Fleet.of(RedisBatchTest.options(redis.address()).account("batch").build());
        ElumentaClient elumenta = fleet.applyTo(of(service)).build()) {
      RedisBatch posters = fleet.batch("posters-2026-03");
      posters.budget(500); // tokens, on all machines together
      posters.add(items); // on one machine; each id once, however often
      BatchReport report = posters.run(elumenta, 8); // on every machine, 8 at a time
      posters.outcomes(outcome -> save(outcome)); // on any: completed, failed, open

      assertThat(report.completed()).isEqualTo(3);
      assertThat(saved).hasSize(3);
      assertThat(service.charges()).isEqualTo(3);
    }
  }

  private void save(BatchOutcome outcome) {
    saved.add(outcome);
  }
}
