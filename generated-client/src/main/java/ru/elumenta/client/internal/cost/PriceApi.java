package ru.elumenta.client.internal.cost;

import feign.Headers;
import feign.Param;
import feign.RequestLine;
import jakarta.annotation.Nonnull;
import java.util.Map;
import ru.elumenta.client.api.Idempotent;
import ru.elumenta.client.model.PriceRequest;

/**
 * {@code ModelsApi.calculatePrice} with the members as they came: the model's are whole numbers,
 * and a price of 12.4 must not be taken for 12.
 */
public interface PriceApi {
  /** Asks for a price, which costs nothing. */
  @Idempotent
  @RequestLine(value = "POST /models/{slug}/calculate-price", decodeSlash = false)
  @Headers({"Content-Type: application/json", "Accept: application/json"})
  Map<String, Object> calculatePrice(
      @Param("slug") @Nonnull String slug, @Nonnull PriceRequest priceRequest);
}
