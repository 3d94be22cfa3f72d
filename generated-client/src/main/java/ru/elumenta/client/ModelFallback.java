package ru.elumenta.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.ModelUnavailableException;

/**
 * Asks one model after the other until one makes the generation. Goes on only after a failure that
 * says that the model is unavailable or overloaded, which costs nothing.
 */
final class ModelFallback {
  private final BiFunction<GenerationRequest, CallTerms, GenerationJob> submit;
  private final Deadline creating;
  private final Deadline waiting;

  /**
   * Creates it.
   *
   * @param submit creates a generation on the given terms
   * @param creating the time for all creating
   * @param waiting the time for all waiting
   */
  ModelFallback(
      BiFunction<GenerationRequest, CallTerms, GenerationJob> submit,
      Deadline creating,
      Deadline waiting) {
    this.submit = submit;
    this.creating = creating;
    this.waiting = waiting;
  }

  ModelAnswer ask(List<GenerationRequest> requests) {
    List<ElumentaException> passedOver = new ArrayList<>();
    for (int i = 0; ; i++) {
      boolean isLast = i == requests.size() - 1;
      GenerationRequest request = requests.get(i);
      try {
        CallTerms terms = new CallTerms(creating.remaining(), !isLast);
        GenerationJob job = submit.apply(request, terms);
        return new ModelAnswer(
            request.getModel(), job.await(atLeastOneNano(waiting.remaining())), passedOver);
      } catch (ElumentaException e) {
        if (isLast || !isModelOut(e)) {
          passedOver.forEach(e::addSuppressed);
          throw e;
        }
        passedOver.add(e);
      }
    }
  }

  private static Duration atLeastOneNano(Duration left) {
    return left.isNegative() || left.isZero() ? Duration.ofNanos(1) : left;
  }

  private static boolean isModelOut(ElumentaException failure) {
    return failure instanceof ModelUnavailableException
        || failure instanceof CircuitOpenException
        || (failure instanceof GenerationFailedException failed
            && failed.reason() == FailureReason.MODEL_OVERLOADED);
  }

  /** The same request for each of the models. */
  static List<GenerationRequest> requests(GenerationRequest request, List<String> furtherModels) {
    Require.notNull("request", request);
    Require.that(request.getModel() != null, "The request must name the first model.");
    List<GenerationRequest> requests = new ArrayList<>();
    requests.add(request);
    for (String model : Require.notNull("furtherModels", furtherModels)) {
      requests.add(JsonCodec.copyOf(request).model(Require.notNull("model", model)));
    }
    return requests;
  }
}
