package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import feign.Client;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.TooManyCallsException;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.pacing.Held;
import ru.elumenta.client.pacing.Pacing;
import ru.elumenta.client.pacing.PacingTurn;
import ru.elumenta.client.pacing.TurnEnd;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.RateLimits;

/** A pacing of the application's own is asked before every request, and learns how each ended. */
class GivenPacingTest {
  private static final int PER_HOUR = 10;

  private final SimulatedTime time = new SimulatedTime();
  private final FakeTime clock = new FakeTime();
  private final LimitedAccount account = new LimitedAccount(time, PER_HOUR);
  private final Asked asked = new Asked();

  /** Writes down what it is asked and told, and holds back as the test says. */
  private static final class Asked implements Pacing {
    private final Deque<Held> holds = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final List<TurnEnd> ends = new ArrayList<>();
    private RuntimeException broken; // null as long as it works

    @Override
    public PacingTurn join() {
      told.add("join");
      return new PacingTurn() {
        @Override
        public Optional<Held> ask(Duration patience) {
          assertThat(patience).isPositive();
          told.add("ask");
          if (broken != null) {
            throw broken;
          }
          return Optional.ofNullable(holds.poll());
        }

        @Override
        public void ended(TurnEnd end) {
          told.add("ended");
          ends.add(end);
          if (broken != null) {
            throw broken;
          }
        }

        @Override
        public void close() {
          told.add("close");
        }
      };
    }
  }

  private ElumentaClientBuilder client(Client transport) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(transport)
        .timeSource(clock)
        .retry(RetryOptions.none())
        .pacing(asked);
  }

  @Test
  void twoClientsThatShareOneSpendTheAccountTogether() throws InterruptedException {
    Pacing shared = Pacing.inMemory(time);
    try (ElumentaClient one = sharing(shared);
        ElumentaClient other = sharing(shared)) {
      List<Runnable> callers = new ArrayList<>();
      for (int i = 0; i < 35; i++) {
        ElumentaClient elumenta = i % 2 == 0 ? one : other;
        Duration arrival = Duration.ofSeconds(i);
        callers.add(
            () -> {
              try {
                time.sleep(arrival);
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              elumenta.api(ModelsApi.class).getModel("any");
            });
      }
      time.run(callers);
    }

    assertThat(account.refused()).isZero();
    assertThat(account.served()).hasSize(35);
  }

  private ElumentaClient sharing(Pacing shared) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(account)
        .timeSource(time)
        .callTimeout(Duration.ofHours(12))
        .pacing(shared)
        .build();
  }

  @Test
  void itIsToldWhatTheAnswerSaidOfTheLimits() {
    try (ElumentaClient elumenta = client(account).build()) {
      elumenta.api(ModelsApi.class).getModel("any");
    }

    assertThat(asked.told).containsExactly("join", "ask", "ended", "close");
    TurnEnd end = asked.ends.get(0);
    assertThat(end.state()).isEqualTo(TurnEnd.State.ANSWERED);
    assertThat(end.limits().orElseThrow().hour().remaining()).hasValue(PER_HOUR - 1);
    assertThat(end.clockAhead()).isZero();
    assertThat(end.refusedFor()).isEmpty();
  }

  @Test
  void itIsToldForHowLongTheServiceRefuses() {
    Client busy = (request, options) -> LimitedAccount.refused(request, Duration.ofMinutes(7));
    try (ElumentaClient elumenta = client(busy).build()) {
      assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("any"))
          .isInstanceOf(RateLimitException.class);
    }

    assertThat(asked.ends)
        .containsExactly(
            TurnEnd.answered(Optional.empty(), Duration.ZERO, Optional.of(Duration.ofMinutes(7))));
  }

  @Test
  void itIsToldWhatWasNotSentAndWhatWasLost() {
    Deque<Exception> failures =
        new ArrayDeque<>(List.of(new ConnectException("refused"), new SocketException("reset")));
    Client broken =
        (request, options) -> {
          Exception next = failures.poll();
          if (next instanceof ConnectException connect) {
            throw connect;
          }
          throw (SocketException) next;
        };
    try (ElumentaClient elumenta = client(broken).build()) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("any"))
            .isInstanceOf(ElumentaException.class);
      }
    }

    assertThat(asked.ends).containsExactly(TurnEnd.notSent(), TurnEnd.lost());
  }

  @Test
  void whoIsHeldBackSleepsInTheTimeOfTheClientAndAsksAgain() {
    asked.holds.add(Held.untilTheWindowEnds(Duration.ofSeconds(12)));
    asked.holds.add(Held.untilTheWindowEnds(Duration.ofSeconds(2)));
    asked.holds.add(Held.untilAnotherEnds(4, Duration.ofMillis(100)));
    try (ElumentaClient elumenta = client(account).build()) {
      elumenta.api(ModelsApi.class).getModel("any");
    }

    assertThat(asked.told).containsExactly("join", "ask", "ask", "ask", "ask", "ended", "close");
    assertThat(clock.sleeps())
        .filteredOn(sleep -> !sleep.isZero())
        .containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofMillis(100));
  }

  @Test
  void whoWaitsForRequestsOfOthersIsToldSoWhenItsTimeIsOver() {
    for (int i = 0; i < 1_000; i++) {
      asked.holds.add(Held.untilAnotherEnds(4, Duration.ofSeconds(1)));
    }
    try (ElumentaClient elumenta = client(account).callTimeout(Duration.ofSeconds(30)).build()) {
      TooManyCallsException e =
          catchThrowableOfType(
              TooManyCallsException.class, () -> elumenta.api(ModelsApi.class).getModel("any"));

      assertThat(e)
          .hasMessageContaining("4 requests of all that share its pacing are under way")
          .hasMessageContaining("raise the limit of the pacing");
      assertThat(e.limit()).isEqualTo(4);
      assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
    assertThat(account.served()).isEmpty();
    assertThat(clock.slept()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(30));
    assertThat(asked.told).endsWith("close").doesNotContain("ended");
  }

  @Test
  void anInterruptWhileItIsAskedSendsNothing() {
    Pacing interrupted =
        () ->
            new PacingTurn() {
              @Override
              public Optional<Held> ask(Duration patience) throws InterruptedException {
                throw new InterruptedException();
              }

              @Override
              public void ended(TurnEnd end) {}

              @Override
              public void close() {}
            };
    try (ElumentaClient elumenta = client(account).pacing(interrupted).build()) {
      assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("any"))
          .isInstanceOf(CallInterruptedException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(account.served()).isEmpty();
  }

  @Test
  void oneThatIsBrokenLetsNothingOutAndTakesNoResultAway() {
    try (ElumentaClient elumenta = client(account).build()) {
      asked.broken = new IllegalStateException("broken");
      assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("any"))
          .isSameAs(asked.broken);
      assertThat(account.served()).isEmpty();
    }
    Client breaking =
        (request, options) -> {
          asked.broken = new IllegalStateException("broken");
          return account.execute(request, options);
        };
    asked.broken = null;
    try (ElumentaClient elumenta = client(breaking).build()) {
      assertThat(elumenta.api(ModelsApi.class).getModel("any").getSlug()).isEqualTo("dall-e-3");
    }
  }

  @Test
  void oneThatStandsByLearnsFromWhatItWasNotAskedFor() throws Exception {
    Pacing standingBy = Pacing.inMemory(clock);
    RateLimits none = limits(0);
    for (int i = 0; i < 3; i++) {
      try (PacingTurn turn = standingBy.join()) {
        turn.ended(TurnEnd.answered(Optional.of(none), Duration.ZERO, Optional.empty()));
      }
    }

    try (PacingTurn turn = standingBy.join()) {
      Held held = turn.ask(Duration.ofSeconds(1)).orElseThrow();
      assertThat(held.heldFor()).isEqualTo(Duration.ofHours(1));
      assertThat(held.askAgainIn()).isEqualTo(Duration.ofSeconds(5));
    }
    try (PacingTurn turn = standingBy.join()) {
      turn.ended(TurnEnd.answered(Optional.of(limits(7)), Duration.ZERO, Optional.empty()));
    }
    for (int i = 0; i < 7; i++) {
      assertThat(standingBy.join().ask(Duration.ofSeconds(1))).isEmpty();
    }
    assertThat(standingBy.join().ask(Duration.ofSeconds(1))).isPresent();
  }

  private RateLimits limits(long remaining) {
    return new RateLimits(
        new RateLimits.Window(
            OptionalLong.of(PER_HOUR),
            OptionalLong.of(remaining),
            Optional.of(clock.now().plus(Duration.ofHours(1)))),
        new RateLimits.Window(OptionalLong.empty(), OptionalLong.empty(), Optional.empty()));
  }

  @Test
  void theLastOfTheBuildersTwoCounts() {
    try (ElumentaClient without = client(account).pacing(false).build();
        ElumentaClient with = client(account).pacing(true).pacing(asked).build()) {
      without.api(ModelsApi.class).getModel("any");
      assertThat(asked.told).isEmpty();
      with.api(ModelsApi.class).getModel("any");
      assertThat(asked.ends).hasSize(1);
    }
  }
}
