package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.KeysApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.error.FileUnavailableException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.model.KeyRequest;
import ru.elumenta.client.options.HistoryFilter;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.error.InsufficientPlanException;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.NotFoundException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.ValidationException;

/** The simulator behaves as documented, in both dialects. */
class SimulatorTest {
  private ElumentaSimulator service = ElumentaSimulator.start();

  private void speaking(Dialect dialect) {
    service.close();
    service = ElumentaSimulator.builder().dialect(dialect).start();
  }

  @AfterEach
  void everythingObeyedTheContract() {
    try {
      assertThat(service.findings()).isEmpty();
    } finally {
      service.close();
    }
  }

  private static GenerationRequest image() {
    return new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");
  }

  private static GenerationRequest video() {
    return new GenerationRequest().model("kling-v2.1").prompt("Waves below a lighthouse");
  }

  private static GenerationRequest text() {
    return new GenerationRequest().model("gpt-5").prompt("Tell me a story");
  }

  @ParameterizedTest
  @EnumSource
  void anImageIsMadeChargedAndRemembered(Dialect dialect) {
    speaking(dialect);
    try (ElumentaClient elumenta = service.client().build()) {
      long before = elumenta.balance().getTokenBalance();
      assertThat(elumenta.price(image()).getTokenCost()).isEqualTo(5);

      Generation image = elumenta.generate(image());

      assertThat(image.getStatus()).isEqualTo(GenerationStatus.COMPLETED);
      assertThat(image.tokensCharged()).hasValue(5);
      assertThat(elumenta.balance().getTokenBalance()).isEqualTo(before - 5);
      assertThat(elumenta.history().stream()).hasSize(1);
      assertThat(elumenta.history().iterator().next().getId()).isEqualTo(image.getId());
      assertThat(service.tokensCharged()).isEqualTo(5);
      assertThat(service.charges()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aVideoIsAJobOfSomeMinutesThatPassInNoTime(Dialect dialect) {
    speaking(dialect);
    try (ElumentaClient elumenta = service.client().build()) {
      GenerationJob job = elumenta.submit(video());
      assertThat(job.lastKnown().orElseThrow().getStatus()).isEqualTo(GenerationStatus.PENDING);

      Generation video = job.await();

      assertThat(video.fileUrl()).isPresent();
      assertThat(service.requests("getGeneration")).isGreaterThan(3);
      assertThat(Duration.between(SimulatedTime.START, service.time().now()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aTextIsStreamedFromBothEntryPoints(Dialect dialect) {
    speaking(dialect);
    try (ElumentaClient elumenta = service.client().build();
        GenerationStream first = elumenta.stream(text());
        GenerationStream second = elumenta.stream(text().stream(true))) {
      assertThat(first.result().text()).isEqualTo("A simulated answer to: Tell me a story");
      assertThat(second.result().tokensCharged()).hasValue(2);
      assertThat(service.requests("streamGeneration")).isEqualTo(1);
      assertThat(service.requests("createGeneration")).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrongIsRefusedWithTheDocumentedError() {
    try (ElumentaClient elumenta = service.client().build();
        ElumentaClient stranger = service.client().apiKey("nb_" + "x".repeat(45)).build()) {
      assertThat(
              catchThrowableOfType(
                      ValidationException.class,
                      () -> elumenta.generate(image().putParamsItem("size", "512x512")))
                  .fields()
                  .get(0)
                  .field())
          .isEqualTo("size");
      assertThat(
              catchThrowableOfType(
                  NotFoundException.class, () -> elumenta.generate(image().model("dall-e-9"))))
          .isNotNull();
      assertThat(
              catchThrowableOfType(
                  NotAuthenticatedException.class, () -> stranger.generate(image())))
          .isNotNull();

      service.balance(3);
      InsufficientTokensException short_ =
          catchThrowableOfType(InsufficientTokensException.class, () -> elumenta.generate(image()));
      assertThat(short_.shortfall()).hasValue(2);

      service.plan(Plan.PRO);
      assertThat(
              catchThrowableOfType(
                  InsufficientPlanException.class, () -> elumenta.generate(image())))
          .isNotNull();
      assertThat(service.generationsCreated()).isZero();
    }
  }

  @Test
  void theHourEndsAndBeginsAgain() {
    try (ElumentaClient elumenta = service.client().build()) {
      service.exhaustHour();

      RateLimitException limit =
          catchThrowableOfType(RateLimitException.class, () -> elumenta.generate(image()));
      assertThat(limit.limitHour()).hasValue(100);
      assertThat(limit.retryAfter()).hasValue(Duration.ofHours(1));

      service.advance(Duration.ofHours(1));
      elumenta.generate(image());
      assertThat(elumenta.rateLimits().orElseThrow().hour().remaining()).hasValue(99);
      assertThat(service.requestsTooEarly()).isZero();
    }
  }

  @Test
  void aClientWithTimeWaitsForTheNextHour() {
    try (ElumentaClient elumenta = service.client().callTimeout(Duration.ofHours(2)).build()) {
      service.exhaustHour();

      elumenta.generate(image());

      assertThat(service.requests("createGeneration")).isEqualTo(2);
      assertThat(service.requestsTooEarly()).isZero();
    }
  }

  @Test
  void theHistoryHasPagesAndFilters() {
    try (ElumentaClient elumenta = service.client().build()) {
      for (int i = 0; i < 5; i++) {
        elumenta.generate(image().prompt("Image " + i));
        elumenta.generate(text().prompt("Text " + i));
      }
      assertThat(elumenta.history(HistoryFilter.all().withPageSize(3)).stream()).hasSize(10);
      assertThat(elumenta.history(HistoryFilter.all().withCategory("image")).stream())
          .extracting(row -> row.getPrompt())
          .containsExactly("Image 4", "Image 3", "Image 2", "Image 1", "Image 0");

      HistoryApi history = elumenta.api(HistoryApi.class);
      history.toggleFavorite(elumenta.history().iterator().next().getId());
      assertThat(elumenta.history(HistoryFilter.all().withFavoritesOnly()).stream()).hasSize(1);
      history.deleteGeneration(elumenta.history().iterator().next().getId());
      assertThat(elumenta.history().stream()).hasSize(9);
    }
  }

  @Test
  void aFileIsKeptAsLongAsThePlanSays(@TempDir Path directory) throws Exception {
    try (ElumentaClient elumenta = service.client().build()) {
      Generation image = elumenta.generate(image());
      elumenta.download(image).to(directory.resolve("image.webp"));
      assertThat(Files.size(directory.resolve("image.webp"))).isEqualTo(10_000);

      service.advance(Duration.ofDays(91));
      assertThat(
              catchThrowableOfType(
                  FileUnavailableException.class,
                  () -> elumenta.download(image).to(directory.resolve("again.webp"))))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSessionIsRenewedUntilItIsOver(Dialect dialect) {
    speaking(dialect);
    try (ElumentaSession session =
            ElumentaSession.builder()
                .baseUrl(service.baseUrl())
                .timeSource(service.time())
                .build();
        ElumentaClient elumenta = session.client().build()) {
      session.login(ElumentaSimulator.EMAIL, ElumentaSimulator.PASSWORD);
      elumenta.generate(image());

      service.advance(Duration.ofMinutes(20));
      elumenta.generate(image());
      service.expireAccessTokens();
      elumenta.generate(image());
      assertThat(service.requests("refreshToken")).isEqualTo(2);

      service.advance(Duration.ofDays(31));
      assertThat(
              catchThrowableOfType(LoginRequiredException.class, () -> elumenta.generate(image())))
          .isNotNull();
      assertThat(service.generationsCreated()).isEqualTo(3);
    }
  }

  @Test
  void keysComeAndGo() {
    try (ElumentaClient elumenta = service.client().build()) {
      var key = elumenta.api(KeysApi.class).createKey(new KeyRequest().name("ci"));
      try (ElumentaClient other = service.client().apiKey(key.getKey()).build()) {
        assertThat(other.balance().getTokenBalance()).isEqualTo(1500);
        elumenta.api(KeysApi.class).revokeKey(key.getId());
        assertThat(catchThrowableOfType(NotAuthenticatedException.class, other::balance))
            .isNotNull();
      }
    }
  }

  @Test
  void whatIsReadOfTheUserObeysTheContract() {
    for (Dialect dialect : Dialect.values()) {
      speaking(dialect);
      try (ElumentaClient elumenta = service.client().build()) {
        elumenta.generate(image());
        UserApi user = elumenta.api(UserApi.class);
        assertThat(user.getMe().getPlan()).isEqualTo("vip");
        assertThat(user.getUserBalance().getTokenBalance()).isEqualTo(1495);
        assertThat(user.getStats().getTotalGenerations()).isEqualTo(1);
        assertThat(user.getSettings().getLanguage()).isEqualTo("en");
        assertThat(service.findings()).isEmpty();
      }
    }
  }

  private static String told(long seed) {
    try (ElumentaSimulator one = ElumentaSimulator.builder().seed(seed).start();
        ElumentaClient elumenta =
            one.client().polling(PollingOptions.defaults().withJitter(0)).build()) {
      elumenta.generate(video());
      return one.apiKey() + one.requests() + one.time().now();
    }
  }

  @Test
  void theSeedDecidesKeysAndHowLongJobsTake() {
    assertThat(told(7)).isEqualTo(told(7)).isNotEqualTo(told(8));
  }

  @Test
  void manyClientsAtOnceAddUp() {
    try (ElumentaClient elumenta = service.client().build()) {
      List<CompletableFuture<Generation>> all =
          IntStream.range(0, 50)
              .mapToObj(i -> elumenta.generateAsync(image().prompt("Image " + i)))
              .toList();
      all.forEach(CompletableFuture::join);

      assertThat(service.charges()).isEqualTo(50);
      assertThat(service.balance()).isEqualTo(1500 - 50 * 5);
      assertThat(service.doubleCharges()).isZero();
      assertThat(elumenta.history().stream()).hasSize(50);
    }
  }

  @Test
  void manyRunInParallelAndLeaveNoThread() {
    Map<Thread, StackTraceElement[]> before = Thread.getAllStackTraces();
    for (int i = 0; i < 5; i++) {
      try (ElumentaSimulator one = ElumentaSimulator.start();
          ElumentaSimulator other = ElumentaSimulator.builder().balance(7).start();
          ElumentaClient elumenta = other.client().build()) {
        assertThat(elumenta.balance().getTokenBalance()).isEqualTo(7);
        assertThat(one.requests()).isZero();
      }
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.containsKey(thread) && thread.getName().contains("simulator"))
        .allSatisfy(thread -> thread.join(Duration.ofSeconds(5).toMillis()))
        .noneMatch(Thread::isAlive);
  }
}
