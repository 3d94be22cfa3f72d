package ru.elumenta.client.batch;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import ru.elumenta.client.ElumentaCalls;

/** Prices, asked for once for each model and params. Thread-safe. */
final class PriceList {
  private static final int MOST_KEPT = 10_000;

  private final ElumentaCalls elumenta;
  private final Map<String, OptionalLong> prices = new ConcurrentHashMap<>();

  PriceList(ElumentaCalls elumenta) {
    this.elumenta = elumenta;
  }

  /**
   * Returns the most that an item may cost; empty if the service tells no price.
   *
   * @throws ru.elumenta.error.ElumentaException if it could not be asked for
   */
  OptionalLong of(Item item) {
    if (item.request().getModel() == null) {
      return OptionalLong.empty(); // an assistant's, which has a model of its own
    }
    if (prices.size() >= MOST_KEPT) {
      prices.clear();
    }
    return prices.computeIfAbsent(item.priceKey(), key -> elumenta.highestPrice(item.request()));
  }
}
