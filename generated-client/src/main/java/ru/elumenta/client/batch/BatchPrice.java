package ru.elumenta.client.batch;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the items of a batch that are left would cost at the most. Immutable.
 *
 * @param items how many would be sent
 * @param tokens what these cost together
 * @param byModel the tokens of each model, by its slug
 * @param tooExpensive how many would be refused, because each may cost more than {@code maxCost}
 * @param unpriced how many the service tells no price of, or names no model to ask for: with a
 *     limit they are refused
 * @param invalid how many lines are no requests
 * @param settled how many are done, failed or open from earlier runs
 */
public record BatchPrice(
    long items,
    long tokens,
    Map<String, Long> byModel,
    long tooExpensive,
    long unpriced,
    long invalid,
    long settled) {
  /** Copies the map, sorted. */
  public BatchPrice {
    byModel = java.util.Collections.unmodifiableMap(new TreeMap<>(byModel));
  }
}
