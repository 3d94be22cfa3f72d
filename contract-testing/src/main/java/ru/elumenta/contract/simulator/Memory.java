package ru.elumenta.contract.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** What was asked and answered, the latest of it. Guarded by the service. */
final class Memory {
  private static final int MOST_EXCHANGES = 10_000;
  private static final int MOST_UNREADABLE = 1_000;

  private final Deque<Seen> seen = new ArrayDeque<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final Deque<String> unreadable = new ArrayDeque<>();
  private long last;

  /** Returns the number of the next exchange, from 1 on. */
  long nextNumber() {
    return ++last;
  }

  void keep(Seen exchange) {
    if (seen.size() == MOST_EXCHANGES) {
      seen.remove();
    }
    seen.add(exchange);
    counts.merge(exchange.operation(), 1L, Long::sum);
  }

  void keepUnreadable(String why) {
    if (unreadable.size() == MOST_UNREADABLE) {
      unreadable.remove();
    }
    unreadable.add(why);
  }

  /** Returns how many requests came; null is any operation. */
  long requests(String operation) {
    return operation == null
        ? counts.values().stream().mapToLong(Long::longValue).sum()
        : counts.getOrDefault(operation, 0L);
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  List<String> unreadable() {
    return List.copyOf(unreadable);
  }
}
