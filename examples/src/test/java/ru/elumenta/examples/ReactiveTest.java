package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;
import ru.elumenta.contract.scenario.Fault;

/** What Reactor makes of streams and futures, and what each costs. */
@ElumentaTest
class ReactiveTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static GenerationRequest prompt() {
    return new GenerationRequest().model("gpt-5-nano").prompt("Tell me a story");
  }

  private static GenerationRequest film() {
    return new GenerationRequest().model("kling-v2.1").prompt("A lighthouse");
  }

  @Test
  void aTextArrivesPieceByPieceAndIsPaidForOnce(
      ElumentaSimulator service, ElumentaClient elumenta) {
    Flux<String> text = Reactive.text(elumenta, prompt());
    assertThat(service.requests()).isZero();

    List<String> pieces = text.collectList().block(LONG);

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThatThrownBy(() -> text.blockLast(LONG)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> text.retry(2).blockLast(LONG))
        .isInstanceOf(IllegalStateException.class);
    assertThat(service.charges()).isEqualTo(1);
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void whoeverHasEnoughCancels(ElumentaSimulator service, ElumentaClient elumenta) {
    assertThat(Reactive.text(elumenta, prompt()).take(1).collectList().block(LONG)).hasSize(1);
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void whatHasCostNothingIsAskedForAgain(ElumentaSimulator service) {
    service.next(2).fail(Fault.modelUnavailable());
    try (ElumentaClient elumenta = service.client().retry(RetryOptions.none()).build()) {
      assertThat(Reactive.textOrAnother(elumenta, prompt()).collectList().block(LONG)).isNotEmpty();
    }
    assertThat(service.requests()).isEqualTo(3);
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void anImageIsPaidForBySubscriptionUnlessItIsCached(
      ElumentaSimulator service, ElumentaClient elumenta) {
    Mono<Generation> image =
        Reactive.image(elumenta, new GenerationRequest().model("dall-e-3").prompt("A lighthouse"));
    assertThat(service.requests()).isZero();

    Mono<Generation> cached = image.cache();
    assertThat(cached.block(LONG).fileUrl()).isEqualTo(cached.block(LONG).fileUrl()).isPresent();
    assertThat(service.charges()).isEqualTo(1);
    image.block(LONG);
    assertThat(service.charges()).isEqualTo(2);
  }

  @Test
  void aVideoIsStoredAwaitedAndTakenUpAgain(ElumentaSimulator service, ElumentaClient elumenta) {
    List<GenerationId> stored = new ArrayList<>();

    Generation video = Reactive.video(elumenta, film(), stored::add).block(LONG);

    assertThat(video.fileUrl()).isPresent();
    assertThat(Reactive.attached(elumenta, stored.get(0)).block(LONG).fileUrl())
        .isEqualTo(video.fileUrl());
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void cancellingAWaitLeavesTheVideoRunning(ElumentaSimulator service, ElumentaClient elumenta) {
    GenerationJob job = elumenta.submit(film());
    Disposable waiting = Reactive.attached(elumenta, job.id().orElseThrow()).subscribe();
    waiting.dispose();

    assertThat(job.await().fileUrl()).isPresent();
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void cancellingACallInterruptsItAndItStaysOnRecord(
      ElumentaSimulator service, ElumentaClient elumenta) {
    service.next().fail(Fault.stall());
    Disposable call = Reactive.image(elumenta, prompt()).subscribe();
    await(() -> service.requests() == 1);

    call.dispose();

    await(() -> elumenta.openCalls().get(0).state() != OpenCall.State.UNDER_WAY);
    assertThat(service.requests()).isEqualTo(1);
    assertThat(elumenta.openCalls()).hasSize(1);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  @Test
  void whatBlocksRunsWhereItMay(ElumentaSimulator service, ElumentaClient elumenta) {
    assertThat(Reactive.balance(elumenta).block(LONG).getTokenBalance()).isPositive();
    assertThat(service.requests()).isEqualTo(1);
  }
}
