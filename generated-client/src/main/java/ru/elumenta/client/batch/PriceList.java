package ru.elumenta.client.batch;

import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;

/**
 * Prices for whoever works off many requests, asked for once for each model and params: whoever
 * comes first asks, on its own thread, and the others wait, each as long as it likes. What fails is
 * not kept. Asking costs nothing. Thread-safe.
 */
public final class PriceList {
  private static final int MOST_KEPT = 10_000;

  private final ElumentaCalls elumenta;
  private final Map<String, FutureTask<OptionalLong>> prices = new ConcurrentHashMap<>();

  /** Creates a list that is empty, and asks with the limits of these calls. */
  public PriceList(ElumentaCalls elumenta) {
    this.elumenta = elumenta;
  }

  /**
   * Returns the most that a request may cost, in tokens; empty if the service tells no price.
   *
   * @param key requests with the same have the same price
   * @throws ElumentaException if it could not be asked for
   * @throws InterruptedException if the thread was interrupted while another asked
   */
  public OptionalLong of(GenerationRequest request, String key) throws InterruptedException {
    if (request.getModel() == null) {
      return OptionalLong.empty(); // an assistant's, which has a model of its own
    }
    if (prices.size() >= MOST_KEPT) {
      prices.clear();
    }
    FutureTask<OptionalLong> mine = new FutureTask<>(() -> elumenta.highestPrice(request));
    while (true) {
      FutureTask<OptionalLong> first = prices.putIfAbsent(key, mine);
      if (first == null) {
        mine.run();
      }
      FutureTask<OptionalLong> asked = first == null ? mine : first;
      try {
        return asked.get();
      } catch (ExecutionException e) {
        prices.remove(key, asked);
        if (asked == mine || !(e.getCause() instanceof CallInterruptedException)) {
          throw failure(e.getCause());
        }
      }
    }
  }

  /** That of one request is that of all who waited for it. */
  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
