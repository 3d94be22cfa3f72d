package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.failsafe.Policy;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.error.TooManyCallsException;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** How many calls there may be at once, and what an application may put around them. */
class CallsAtOnceTest {
  private static final GenerationRequest REQUEST =
      new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");

  private final ElumentaSimulator service =
      ElumentaSimulator.builder().time(TimeSource.system()).start();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void aCallWithoutAPlaceSendsNothingAndFailsWithinItsLimit() throws Exception {
    service.next().to("createGeneration").fail(Fault.stall());
    CountDownLatch isSent = new CountDownLatch(1);
    try (ElumentaClient elumenta =
        service
            .client()
            .maxConcurrentCalls(1)
            .decorate(
                transport ->
                    (request, options) -> {
                      isSent.countDown();
                      return transport.execute(request, options);
                    })
            .build()) {
      CompletableFuture<Generation> stalled = elumenta.generateAsync(REQUEST);
      assertThat(isSent.await(20, TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();

      Throwable failure =
          catchThrowable(() -> elumenta.within(Duration.ofMillis(300)).generate(REQUEST));

      assertThat(failure).isInstanceOf(TooManyCallsException.class);
      assertThat(((TooManyCallsException) failure).limit()).isEqualTo(1);
      assertThat(((ElumentaException) failure).execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(300), Duration.ofSeconds(10));
      assertThat(service.requests()).isLessThanOrEqualTo(1); // of the stalled one
      assertThat(elumenta.openCalls()).hasSize(1);
      stalled.cancel(true);

      assertThat(elumenta.generate(REQUEST).isFinished()).isTrue(); // the place is free again
    }
  }

  @Test
  void aPlaceIsGivenBackByCallsThatFail() {
    service.always().to("createGeneration").fail(Fault.error(422, "validation_error"));
    try (ElumentaClient elumenta = service.client().maxConcurrentCalls(1).build()) {
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> elumenta.generate(REQUEST))
            .isInstanceOf(ElumentaException.class)
            .isNotInstanceOf(TooManyCallsException.class);
      }
      service.healthy();

      assertThat(elumenta.generate(REQUEST).isFinished()).isTrue();
    }
  }

  @Test
  void aPolicyThatRepeatsPaidCallsIsRefused() {
    assertThatThrownBy(
            () -> ElumentaClient.builder().policies(List.of(RetryPolicy.<Object>ofDefaults())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("may pay for each of them");
    assertThatThrownBy(() -> ElumentaClient.builder().maxConcurrentCalls(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or more");
  }

  @Test
  void aPolicyOfTheApplicationStandsAroundWholeCalls() {
    service.next(2).to("createGeneration").fail(Fault.modelUnavailable());
    Policy<Object> once =
        RateLimiter.<Object>burstyBuilder(1, Duration.ofHours(1)).build(); // of calls
    try (ElumentaClient elumenta =
        service
            .client()
            .journal(CallJournal.inMemory())
            .timeSource(SimulatedTime.started())
            .policies(List.of(once))
            .build()) {
      assertThat(elumenta.generate(REQUEST).isFinished()).isTrue(); // in three attempts

      assertThatThrownBy(() -> elumenta.generate(REQUEST))
          .isInstanceOf(dev.failsafe.RateLimitExceededException.class);
      assertThat(service.requests("createGeneration")).isEqualTo(3);
      assertThat(service.charges()).isEqualTo(1);
    }
  }

  @Test
  void aCallThatATimeOutOfTheApplicationInterruptsIsListedAsOpenAndFoundLater() {
    service.next().to("createGeneration").fail(Fault.stall());
    Policy<Object> timeout = Timeout.<Object>builder(Duration.ofSeconds(2)).withInterrupt().build();
    try (ElumentaClient elumenta = service.client().policies(List.of(timeout)).build()) {
      assertThatThrownBy(() -> elumenta.generate(REQUEST))
          .isInstanceOf(TimeoutExceededException.class);

      OpenCall open = elumenta.openCalls().get(0);
      assertThat(open.state()).isEqualTo(OpenCall.State.LOST);
      assertThat(elumenta.lookUp(open)).isInstanceOf(LookUpResult.Found.class);
      assertThat(elumenta.openCalls()).isEmpty();
      assertThat(service.requests("createGeneration")).isEqualTo(1);
    }
  }
}
