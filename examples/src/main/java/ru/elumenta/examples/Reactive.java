package ru.elumenta.examples;

import java.util.function.Consumer;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.model.Balance;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** The client in an application of Reactor. */
final class Reactive {
  private Reactive() {}

  static Flux<String> text(ElumentaCalls elumenta, GenerationRequest request) {
    return JdkFlowAdapter.flowPublisherToFlux(elumenta.streamPublisher(request))
        .ofType(StreamEvent.Delta.class)
        .map(StreamEvent.Delta::text);
  }

  static Flux<String> textOrAnother(ElumentaCalls elumenta, GenerationRequest request) {
    return Flux.defer(() -> text(elumenta, request)) // each subscription is a stream, and paid
        .retryWhen(Retry.max(2).filter(Reactive::hasCostNothing));
  }

  private static boolean hasCostNothing(Throwable e) {
    return e instanceof ElumentaException failed && failed.execution() == Execution.NOT_EXECUTED;
  }

  static Mono<Generation> image(ElumentaCalls elumenta, GenerationRequest request) {
    return Mono.fromFuture(() -> elumenta.generateAsync(request)); // each subscription is a call
  }

  static Mono<Generation> video(
      ElumentaCalls elumenta, GenerationRequest request, Consumer<GenerationId> store) {
    return Mono.fromFuture(() -> elumenta.submitAsync(request))
        .doOnNext(job -> job.id().ifPresent(store))
        .flatMap(job -> Mono.fromFuture(job::awaitAsync));
  }

  static Mono<Generation> attached(ElumentaCalls elumenta, GenerationId id) {
    GenerationJob job = elumenta.attach(id); // sends nothing
    return Mono.fromFuture(() -> job.awaitAsync()); // costs nothing, however often
  }

  static Mono<Balance> balance(ElumentaCalls elumenta) {
    return Mono.fromCallable(elumenta::balance).subscribeOn(Schedulers.boundedElastic());
  }
}
