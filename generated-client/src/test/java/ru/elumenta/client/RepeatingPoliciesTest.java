package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.Service.json;

import dev.failsafe.Fallback;
import dev.failsafe.Policy;
import dev.failsafe.PolicyConfig;
import dev.failsafe.spi.ExecutionResult;
import dev.failsafe.spi.PolicyExecutor;
import dev.failsafe.spi.Scheduler;
import dev.failsafe.spi.SyncExecutionInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.InsufficientTokensException;

/**
 * Policies of an application's own that run what they are given more than once: it is paid once.
 */
class RepeatingPoliciesTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    service.close();
  }

  /** What a policy does with the call that it is given; it may not be told by its type. */
  @FunctionalInterface
  interface Way {
    ExecutionResult<Object> run(Supplier<ExecutionResult<Object>> call) throws Exception;
  }

  private record Repeating(Way way) implements Policy<Object> {
    @Override
    public PolicyConfig<Object> getConfig() {
      return new PolicyConfig<>() {};
    }

    @Override
    public PolicyExecutor<Object> toExecutor(int index) {
      return new PolicyExecutor<>(this, index) {
        @Override
        public java.util.function.Function<SyncExecutionInternal<Object>, ExecutionResult<Object>>
            apply(
                java.util.function.Function<SyncExecutionInternal<Object>, ExecutionResult<Object>>
                    inner,
                Scheduler scheduler) {
          return execution -> {
            try {
              return way.run(() -> inner.apply(execution));
            } catch (Exception e) {
              return ExecutionResult.exception(e);
            }
          };
        }
      };
    }
  }

  private ElumentaClient client(Way way) {
    return service
        .client(time)
        .recovery(Recovery.FAIL)
        .policies(List.of(new Repeating(way)))
        .build();
  }

  @Test
  void twiceInARowIsOneRequestWithOneResult() {
    service.answers(completed(7), completed(8));
    AtomicReference<ExecutionResult<Object>> first = new AtomicReference<>();

    try (ElumentaClient elumenta =
        client(
            call -> {
              first.set(call.get());
              return call.get();
            })) {
      assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
      assertThat(elumenta.openCalls()).isEmpty();
    }

    assertThat(first.get().getException()).isNull();
    assertThat(service.posts()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {402, 502})
  void againAfterAFailureIsTheSameFailure(int status) {
    service.answers(json(status, "{\"error\":\"x\",\"message\":\"no\"}"), completed(8));

    try (ElumentaClient elumenta =
        client(
            call -> {
              ExecutionResult<Object> last = call.get();
              for (int i = 0; i < 4 && last.getException() != null; i++) {
                last = call.get();
              }
              return last;
            })) {
      Throwable failure = catchThrowable(() -> elumenta.generate(Samples.image()));

      assertThat(failure)
          .isInstanceOf(
              status == 402 ? InsufficientTokensException.class : OutcomeUnknownException.class);
      assertThat(elumenta.openCalls()).hasSize(status == 402 ? 0 : 1);
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @RepeatedTest(20)
  void threeAtOnceAreOneRequestWithOneResult() {
    service.answers(completed(7).withFixedDelay(20), completed(8));

    try (ElumentaClient elumenta =
        client(
            call -> {
              List<CompletableFuture<ExecutionResult<Object>>> hedged =
                  Stream.generate(() -> CompletableFuture.supplyAsync(call, threads))
                      .limit(3)
                      .toList();
              List<ExecutionResult<Object>> results =
                  hedged.stream().map(CompletableFuture::join).toList();
              assertThat(results).allMatch(each -> each.getResult() != null);
              return results.get(2);
            })) {
      assertThat(elumenta.generate(Samples.image()).getId()).isEqualTo(GenerationId.of(7));
    }

    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aPolicyThatLeavesBeforeTheAnswerCannotMakeItLookUnsent() throws Exception {
    service.answers(completed(7).withFixedDelay(300));
    CountDownLatch isSent = new CountDownLatch(1);
    CompletableFuture<ExecutionResult<Object>> first = new CompletableFuture<>();
    try (ElumentaClient elumenta =
        service
            .client(time)
            .decorate(
                transport ->
                    (request, options) -> {
                      isSent.countDown();
                      return transport.execute(request, options);
                    })
            .policies(
                List.of(
                    new Repeating(
                        call -> {
                          threads.execute(() -> first.complete(call.get()));
                          isSent.await();
                          Thread.currentThread().interrupt();
                          return call.get(); // which only waits, and is interrupted
                        })))
            .build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(OutcomeUnknownException.class)
          .hasCauseInstanceOf(CallInterruptedException.class)
          .satisfies(
              e ->
                  assertThat(((OutcomeUnknownException) e).execution())
                      .isEqualTo(Execution.UNKNOWN));
      assertThat(Thread.interrupted()).isTrue();

      Generation late = (Generation) first.get().getResult();
      assertThat(late.getId()).isEqualTo(GenerationId.of(7));
      assertThat(elumenta.openCalls()).as("the thread that made it has told its end").isEmpty();
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void whatAPolicyRunsAfterItsCallerHasGoneIsNotSent() {
    service.answers(completed(7));
    AtomicReference<Supplier<ExecutionResult<Object>>> kept = new AtomicReference<>();

    try (ElumentaClient elumenta =
        client(
            call -> {
              kept.set(call);
              return ExecutionResult.exception(new IllegalStateException("not today"));
            })) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image())).hasMessage("not today");

      assertThat(kept.get().get().getException())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Nothing was sent");
      assertThat(elumenta.openCalls()).isEmpty();
    }
    assertThat(service.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anInterruptBetweenTwoAttemptsIsToldAsOne(boolean isWithinAPolicy) {
    service.answers(json(503, Samples.MODEL_UNAVAILABLE));
    CallListener interrupting =
        new CallListener() {
          @Override
          public void retryScheduled(CallInfo call, ElumentaException failure, Duration delay) {
            Thread.currentThread().interrupt();
          }
        };

    try (ElumentaClient elumenta =
        service
            .client(time)
            .listener(interrupting)
            .policies(isWithinAPolicy ? List.of(new Repeating(Supplier::get)) : List.of())
            .build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(CallInterruptedException.class)
          .satisfies(
              e ->
                  assertThat(((ElumentaException) e).execution())
                      .isEqualTo(Execution.NOT_EXECUTED));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(elumenta.openCalls()).isEmpty();
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aFallbackStandsInForAFailureAndSendsNothing() {
    service.answers(json(402, "{\"error\":\"insufficient_tokens\",\"message\":\"no\"}"));
    Fallback<Object> none = Fallback.ofException(e -> new IllegalStateException("stood in"));

    try (ElumentaClient elumenta = service.client(time).policies(List.of(none)).build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image())).hasMessage("stood in");
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void aFallbackMayAnswerInPlaceOfTheService() {
    service.answers(json(402, "{\"error\":\"insufficient_tokens\",\"message\":\"no\"}"));
    Generation kept = new Generation();
    kept.setId(GenerationId.of(3));
    kept.setStatus(GenerationStatus.COMPLETED);
    Fallback<Object> ofYesterday = Fallback.of(kept);

    try (ElumentaClient elumenta = service.client(time).policies(List.of(ofYesterday)).build()) {
      assertThat(elumenta.generate(Samples.image())).isSameAs(kept);

      kept.setStatus(GenerationStatus.FAILED);
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOfSatisfying(
              GenerationFailedException.class,
              e -> assertThat(e.context().status()).as("nobody answered with one").isEmpty());
      assertThat(elumenta.openCalls()).isEmpty();
    }
    assertThat(service.posts()).as("one for each call").isEqualTo(2);
  }
}
