package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Client;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.model.LoginRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.TransportException;

/** With pacing, calls wait for the account to have requests left, and none ends in a 429. */
class PacingTest {
  private static final int PER_HOUR = 10;

  private final SimulatedTime time = new SimulatedTime();
  private final LimitedAccount account = new LimitedAccount(time, PER_HOUR);

  private ElumentaClient client(boolean isPaced, Duration callTimeout) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(account)
        .timeSource(time)
        .callTimeout(callTimeout)
        .pacing(isPaced)
        .build();
  }

  /** One call after the other comes, a second apart, and none waits for the one before. */
  private List<Runnable> callers(ElumentaClient elumenta, int number) {
    List<Runnable> callers = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int caller = i;
      callers.add(
          () -> {
            sleep(Duration.ofSeconds(caller));
            elumenta.api(ModelsApi.class).getModel("model-" + caller);
          });
    }
    return callers;
  }

  private void sleep(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> models(int number) {
    return IntStream.range(0, number).mapToObj(i -> "model-" + i).toList();
  }

  @Test
  void noRequestIsBurntAndWhoCameFirstIsServedFirst() throws InterruptedException {
    try (ElumentaClient elumenta = client(true, Duration.ofHours(12))) {
      time.run(callers(elumenta, 35));
    }

    assertThat(account.refused()).isZero();
    assertThat(account.served().subList(0, PER_HOUR)).isEqualTo(models(PER_HOUR));
    for (int hour = 1; hour <= 3; hour++) { // all of an hour go at the same moment
      int from = hour * PER_HOUR;
      int to = Math.min(35, from + PER_HOUR);
      assertThat(account.served().subList(from, to))
          .containsExactlyInAnyOrderElementsOf(models(35).subList(from, to));
    }
    assertThat(time.now())
        .isBetween(
            FakeTime.START.plus(Duration.ofHours(3)),
            FakeTime.START.plus(Duration.ofHours(3)).plusSeconds(2));
  }

  @Test
  void withoutPacingTheSameCallsAreRefusedAgainAndAgain() throws InterruptedException {
    AtomicInteger failed = new AtomicInteger();
    try (ElumentaClient elumenta = client(false, Duration.ofHours(12))) {
      List<Runnable> callers = new ArrayList<>();
      for (Runnable caller : callers(elumenta, 35)) {
        callers.add(
            () -> {
              try {
                caller.run();
              } catch (RateLimitException e) {
                failed.incrementAndGet();
              }
            });
      }
      time.run(callers);
    }

    assertThat(account.refused()).isGreaterThan(35);
    assertThat(failed).hasPositiveValue();
  }

  @Test
  void aCallThatCannotBeSentInTimeFailsAtOnceAndSendsNothing() throws InterruptedException {
    try (ElumentaClient elumenta = client(true, Duration.ofMinutes(10))) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      time.run(
          List.of(
              () -> {
                for (int i = 0; i < PER_HOUR; i++) {
                  models.getModel("model-" + i);
                }
                RateLimitException heldBack =
                    catchThrowableOfType(
                        RateLimitException.class, () -> models.getModel("one-too-many"));

                assertThat(heldBack)
                    .hasMessageContaining("GET /models/{slug} was held back")
                    .hasMessageContaining("Nothing was executed and nothing was charged.");
                assertThat(heldBack.execution()).isEqualTo(Execution.NOT_EXECUTED);
                assertThat(heldBack.context().attempts()).isZero();
                assertThat(heldBack.context().status()).isEmpty();
                assertThat(heldBack.retryAt().orElseThrow())
                    .isBetween(
                        FakeTime.START.plus(Duration.ofHours(1)),
                        FakeTime.START.plus(Duration.ofHours(1)).plusSeconds(1));
              }));
      assertThat(time.now()).isEqualTo(FakeTime.START);
    }
    assertThat(account.served()).hasSize(PER_HOUR);
    assertThat(account.refused()).isZero();
  }

  @Test
  void whatOthersUseOfTheAccountIsLearnedFromTheNextAnswer() throws InterruptedException {
    try (ElumentaClient elumenta = client(true, Duration.ofHours(2))) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      time.run(
          List.of(
              () -> {
                models.getModel("before");
                account.usedElsewhere(PER_HOUR - 2);
                models.getModel("last-of-the-hour");
                models.getModel("of-the-next-hour");
              }));
    }

    assertThat(account.served()).containsExactly("before", "last-of-the-hour", "of-the-next-hour");
    assertThat(account.refused()).isZero();
    assertThat(time.now()).isAfterOrEqualTo(FakeTime.START.plus(Duration.ofHours(1)));
  }

  @Test
  void aRefusalHoldsBackAllOthersToo() throws InterruptedException {
    try (ElumentaClient elumenta = client(true, Duration.ofHours(2))) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      account.usedElsewhere(PER_HOUR);
      List<Runnable> callers = new ArrayList<>(List.of(() -> models.getModel("first")));
      callers.addAll(
          Collections.nCopies(
              5,
              () -> {
                sleep(Duration.ofSeconds(1));
                models.getModel("later");
              }));
      time.run(callers);
    }

    assertThat(account.refused()).isEqualTo(1);
    assertThat(account.served()).hasSize(6);
  }

  @Test
  void aRefusalForAYearIsTriedAfterMinutesByOneRequest() {
    FakeTime clock = new FakeTime();
    AtomicInteger sent = new AtomicInteger();
    Client service =
        (request, options) ->
            sent.incrementAndGet() <= 2
                ? LimitedAccount.refused(request, Duration.ofDays(365))
                : account.execute(request, options);
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(service)
            .timeSource(clock)
            .pacing(true)
            .build()) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      refused(models, sent, 1);
      refused(models, sent, 1);
      clock.passes(Duration.ofMinutes(5));
      refused(models, sent, 2);
      refused(models, sent, 2);
      clock.passes(Duration.ofMinutes(5));

      models.getModel("a");
      models.getModel("b");

      assertThat(sent).hasValue(4);
    }
  }

  private static void refused(ModelsApi models, AtomicInteger sent, int soFar) {
    assertThatThrownBy(() -> models.getModel("any")).isInstanceOf(RateLimitException.class);
    assertThat(sent).hasValue(soFar);
  }

  @Test
  void aCallerThatIsInterruptedSendsNothingAndLeavesItsPlaceToTheNext()
      throws InterruptedException {
    AtomicReference<Thread> caller = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    try (ElumentaClient elumenta = client(true, Duration.ofHours(3))) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      List<Runnable> actions = new ArrayList<>(callers(elumenta, PER_HOUR));
      actions.add(
          () -> {
            sleep(Duration.ofSeconds(20));
            caller.set(Thread.currentThread());
            CallInterruptedException e =
                catchThrowableOfType(
                    CallInterruptedException.class, () -> models.getModel("interrupted"));
            assertThat(e).hasMessageContaining("while it was held back, nothing being sent");
            assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
            assertThat(Thread.interrupted()).isTrue();
            ended.countDown();
          });
      actions.add(
          () -> {
            sleep(Duration.ofSeconds(25));
            caller.get().interrupt();
            assertThat(awaited(ended)).isTrue();
          });
      actions.addAll(
          Collections.nCopies(
              PER_HOUR,
              () -> {
                sleep(Duration.ofSeconds(30));
                models.getModel("next");
              }));
      time.run(actions);
    }
    assertThat(account.served()).hasSize(2 * PER_HOUR).doesNotContain("interrupted");
    assertThat(time.now()).isBefore(FakeTime.START.plus(Duration.ofHours(2)));
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsNotSentUsesNothingUp() {
    AtomicBoolean isDown = new AtomicBoolean();
    Client service =
        (request, options) -> {
          if (isDown.get()) {
            throw new ConnectException("refused");
          }
          return account.execute(request, options);
        };
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(service)
            .timeSource(time)
            .pacing(true)
            .retry(RetryOptions.none())
            .build()) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      models.getModel("before");
      isDown.set(true);
      for (int i = 0; i < 2 * PER_HOUR; i++) {
        assertThatThrownBy(() -> models.getModel("x")).isInstanceOf(TransportException.class);
      }
      isDown.set(false);
      models.getModel("after");
    }

    assertThat(account.served()).containsExactly("before", "after");
  }

  @Test
  void aRefusedLoginHoldsNothingElseBack() {
    Client service =
        (request, options) ->
            request.url().contains("/auth/")
                ? LimitedAccount.refused(request, Duration.ofDays(1))
                : account.execute(request, options);
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(service)
            .timeSource(time)
            .pacing(true)
            .build()) {
      assertThatThrownBy(
              () ->
                  elumenta
                      .api(AuthApi.class)
                      .login(new LoginRequest().email("a@b.c").password("secret")))
          .isInstanceOf(RateLimitException.class);

      assertThat(elumenta.api(ModelsApi.class).getModel("x").getSlug()).isEqualTo("dall-e-3");
    }
  }

  @Test
  void anUnlimitedPlanIsNotHeldBack() throws InterruptedException {
    LimitedAccount unlimited = new LimitedAccount(time, 0);
    unlimited.usedElsewhere(-100);
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(Service.KEY)
            .transport(unlimited)
            .timeSource(time)
            .pacing(true)
            .build()) {
      time.run(callers(elumenta, 50));
    }
    assertThat(unlimited.served()).hasSize(50);
    assertThat(time.now()).isEqualTo(FakeTime.START.plusSeconds(49));
  }
}
