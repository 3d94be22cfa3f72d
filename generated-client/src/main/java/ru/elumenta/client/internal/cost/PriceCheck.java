package ru.elumenta.client.internal.cost;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.upload.Transcription;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Price;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** Asks for the price of a generation before it is sent. */
public final class PriceCheck {
  /** What the price of a request is calculated from, and what does not bear on it. */
  private static final Set<String> PRICED = Set.of("model", "prompt", "params");

  private final ModelsApi models;
  private final TimeSource time;

  public PriceCheck(ModelsApi models, TimeSource time) {
    this.models = models;
    this.time = time;
  }

  public Price of(GenerationRequest request) {
    Require.notNull("request", request);
    Require.that(
        request.getModel() != null, "A request that names no model has no price to ask for.");
    return models.calculatePrice(
        request.getModel(), new PriceRequest().params(request.getParams()));
  }

  /**
   * Refuses a request that may cost more.
   *
   * @throws MaxCostExceededException if it may
   */
  public void refuseAbove(long maxCost, GenerationRequest request) {
    refuseAbove(maxCost, "/generate", request.getModel(), highest(of(request), request));
  }

  /**
   * Refuses to write down a recording that may cost more. What its options cost is not documented,
   * so with speakers told apart it may be the model's highest price.
   *
   * @throws MaxCostExceededException if it may
   */
  public void refuseAbove(long maxCost, TranscriptionOptions options) {
    String model = Transcription.model(options);
    Price price = of(new GenerationRequest().model(model));
    refuseAbove(
        maxCost,
        "/stt",
        model,
        options.diarize() ? highest(price) : OptionalLong.of(price.getTokenCost()));
  }

  private void refuseAbove(long maxCost, String path, String model, OptionalLong price) {
    if (price.isEmpty() || price.getAsLong() > maxCost) {
      ErrorContext context =
          ErrorContext.builder("POST", path)
              .execution(Execution.NOT_EXECUTED)
              .occurredAt(time.now())
              .attempts(0)
              .build();
      throw new MaxCostExceededException(context, model, price, maxCost);
    }
  }

  /** Options beside {@code params} are not priced, so with them it may be the model's highest. */
  private static OptionalLong highest(Price price, GenerationRequest request) {
    Map<String, Object> members = JsonCodec.membersOf(request);
    if (PRICED.containsAll(members.keySet())) {
      return OptionalLong.of(price.getTokenCost());
    }
    return highest(price);
  }

  private static OptionalLong highest(Price price) {
    return price.getMaxTokenCost() == null
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(price.getMaxTokenCost(), price.getTokenCost()));
  }
}
