package ru.elumenta.client.internal.cost;

import java.util.Map;
import java.util.Set;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.upload.Transcription;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;

/**
 * Asks for the price of a generation before it is sent, within the time of the method that sends
 * it. What is no price, whatever it is, allows nothing.
 */
public final class PriceCheck {
  /** What the price of a request is calculated from, and what does not bear on it. */
  private static final Set<String> PRICED = Set.of("model", "prompt", "params");

  private final PriceApi prices;
  private final long maxCost;
  private final TimeSource time;

  public PriceCheck(PriceApi prices, long maxCost, TimeSource time) {
    this.prices = prices;
    this.maxCost = maxCost;
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
   * Refuses a request that may cost more. Options beside {@code params} are not priced, so with
   * them it may be the model's highest price.
   *
   * @param whole the time for asking and sending
   * @throws MaxCostExceededException if it may
   * @throws CallTimeoutException if no time is left to send it
   */
  public void pass(GenerationRequest request, Deadline whole) {
    Map<String, Object> members = JsonCodec.membersOf(priceable(request));
    PriceRequest priced = new PriceRequest().params(request.getParams());
    pass("/generate", request.getModel(), priced, !PRICED.containsAll(members.keySet()), whole);
  }

  /**
   * Refuses to write down a recording that may cost more. What its options cost is not documented,
   * so with speakers told apart it may be the model's highest price.
   *
   * @param whole the time for asking and sending
   * @throws MaxCostExceededException if it may
   * @throws CallTimeoutException if no time is left to send it
   */
  public void pass(TranscriptionOptions options, Deadline whole) {
    pass("/stt", Transcription.model(options), new PriceRequest(), options.diarize(), whole);
  }

  private void pass(
      String path, String model, PriceRequest priced, boolean mayBeHighest, Deadline whole) {
    Quote quote = Quote.NONE;
    ResponseFormatException unreadable = null;
    try {
      Map<String, Object> answer =
          ResilientCalls.on(terms -> terms.lasting(whole.remaining()), PriceApi.class, prices)
              .calculatePrice(model, priced);
      quote = mayBeHighest ? Quote.highest(answer) : Quote.ofRequest(answer);
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
    if (whole.isOver()) {
      throw new CallTimeoutException(notSent(path), whole.limit(), null);
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
