package ru.elumenta.client.internal.cost;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.upload.Transcription;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;

/**
 * Asks for the price of a generation before it is sent, on the terms of the call that sends it.
 * What is no price, whatever it is, allows nothing.
 */
public final class PriceCheck {
  /** What the price of a request is calculated from, and what does not bear on it. */
  private static final Set<String> PRICED = Set.of("model", "prompt", "params");

  private final PriceApi prices;
  private final TimeSource time;

  /** Creates a check that asks through an interface of the client. */
  public PriceCheck(PriceApi prices, TimeSource time) {
    this.prices = prices;
    this.time = time;
  }

  /** Refuses a request that no price can be asked for. */
  public static GenerationRequest priceable(GenerationRequest request) {
    Require.notNull("request", request);
    Require.that(
        request.getModel() != null, "A request that names no model has no price to ask for.");
    return request;
  }

  /**
   * Refuses a request that may cost more than the terms allow. Options beside {@code params} are
   * not priced, so with them it may be the model's highest price.
   *
   * @throws MaxCostExceededException if it may
   */
  public void pass(GenerationRequest request, CallTerms terms) {
    if (terms.maxCost().isEmpty()) {
      return;
    }
    boolean mayBeHighest = mayBeHighest(request);
    pass("/generate", request.getModel(), params(request), mayBeHighest, terms);
  }

  /**
   * Refuses to write down a recording that may cost more than the terms allow. What its options
   * cost is not documented, so with speakers told apart it may be the model's highest price.
   *
   * @throws MaxCostExceededException if it may
   */
  public void pass(TranscriptionOptions options, CallTerms terms) {
    if (terms.maxCost().isEmpty()) {
      return;
    }
    pass("/stt", Transcription.model(options), new PriceRequest(), options.diarize(), terms);
  }

  /** Returns the most that a request may cost, in whole tokens; empty if it is told no price. */
  public OptionalLong highest(GenerationRequest request, CallTerms terms) {
    boolean mayBeHighest = mayBeHighest(request);
    try {
      return ask(request.getModel(), params(request), mayBeHighest, terms).rounded();
    } catch (ResponseFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Whether it has options that are not priced, by which it may cost the most of its model. */
  private static boolean mayBeHighest(GenerationRequest request) {
    return !PRICED.containsAll(JsonCodec.membersOf(priceable(request)).keySet());
  }

  private static PriceRequest params(GenerationRequest request) {
    return new PriceRequest().params(request.getParams());
  }

  private Quote ask(String model, PriceRequest priced, boolean mayBeHighest, CallTerms terms) {
    Map<String, Object> answer =
        ResilientCalls.on(terms.alternative(false), PriceApi.class, prices)
            .calculatePrice(model, priced);
    return mayBeHighest ? Quote.highest(answer) : Quote.ofRequest(answer);
  }

  private void pass(
      String path, String model, PriceRequest priced, boolean mayBeHighest, CallTerms terms) {
    long maxCost = terms.maxCost().orElseThrow();
    Quote quote = Quote.NONE;
    ResponseFormatException unreadable = null;
    try {
      quote = ask(model, priced, mayBeHighest, terms);
    } catch (ResponseFormatException e) {
      unreadable = e;
    }
    if (!quote.isWithin(maxCost)) {
      MaxCostExceededException refusal =
          new MaxCostExceededException(notSent(path), model, quote.rounded(), maxCost);
      if (unreadable != null) {
        refusal.addSuppressed(unreadable);
      }
      throw refusal;
    }
  }

  private ErrorContext notSent(String path) {
    return ErrorContext.builder("POST", path)
        .execution(Execution.NOT_EXECUTED)
        .occurredAt(time.now())
        .attempts(0)
        .build();
  }
}
