package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.ModelUnavailableException;

/**
 * Asks one model after the other until one makes the generation. Goes on only after a failure that
 * says that the model is unavailable, overloaded or too dear, and that cost nothing.
 */
public final class ModelFallback {
  /** Less is not enough to ask another model: its answer would be lost. */
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);

  private final BiFunction<GenerationRequest, CallTerms, JobState> submit;
  private final TimeSource time;
  private CallTerms terms;
  private Duration waited = Duration.ZERO;

  /**
   * What came of it.
   *
   * @param model the slug of the model that made it
   * @param passedOver the failures of those asked before
   */
  public record Answered(String model, Generation generation, List<ElumentaException> passedOver) {}

  /**
   * Creates it.
   *
   * @param submit creates a generation on the given terms
   * @param terms whose deadline is that of all creating; of all waiting too if it spans that
   */
  public ModelFallback(
      BiFunction<GenerationRequest, CallTerms, JobState> submit, CallTerms terms, TimeSource time) {
    this.submit = submit;
    this.terms = terms;
    this.time = time;
  }

  /** Asks the models in the order of the requests. */
  public Answered ask(List<GenerationRequest> requests) {
    List<ElumentaException> passedOver = new ArrayList<>();
    for (int i = 0; ; i++) {
      GenerationRequest request = requests.get(i);
      boolean isLast = i == requests.size() - 1;
      try {
        return new Answered(request.getModel(), made(request, !isLast), passedOver);
      } catch (ElumentaException e) {
        if (isLast || !isModelOut(e) || terms.deadline().remaining().compareTo(LEAST_TIME) < 0) {
          passedOver.forEach(e::addSuppressed);
          tellPrices(e, passedOver);
          throw e;
        }
        passedOver.add(e);
      }
    }
  }

  /** Whoever allowed too little for any of them wants to know how much is enough. */
  private static void tellPrices(ElumentaException last, List<ElumentaException> passedOver) {
    List<String> prices =
        passedOver.stream()
            .filter(MaxCostExceededException.class::isInstance)
            .map(tooDear -> ((MaxCostExceededException) tooDear).mayCost())
            .toList();
    if (last instanceof MaxCostExceededException && !prices.isEmpty()) {
      String remark = "Too dear as well: %s.".formatted(String.join(", ", prices));
      last.completeContext(context -> context.remark(remark));
    }
  }

  private Generation made(GenerationRequest request, boolean hasAlternative) {
    JobState job = submit.apply(request, terms.alternative(hasAlternative));
    long start = time.nanoTime();
    try {
      return job.awaitWithin(terms, waited);
    } finally {
      Duration took = Duration.ofNanos(time.nanoTime() - start);
      waited = waited.plus(took);
      terms = terms.afterWaiting(took);
    }
  }

  private static boolean isModelOut(ElumentaException failure) {
    if (failure instanceof MaxCostExceededException) {
      return true;
    }
    if (failure instanceof GenerationFailedException failed) {
      return failed.reason() == FailureReason.MODEL_OVERLOADED
          && failed.generation().tokensCharged().orElse(0) == 0;
    }
    return failure.execution() == Execution.NOT_EXECUTED
        && (failure instanceof ModelUnavailableException
            || failure instanceof CircuitOpenException);
  }

  /** The same request for each of the models. */
  public static List<GenerationRequest> requests(
      GenerationRequest request, List<String> furtherModels) {
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
