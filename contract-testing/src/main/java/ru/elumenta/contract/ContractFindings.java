package ru.elumenta.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;

/**
 * Collects what a validator finds in many exchanges. Who hands over an exchange does not wait: a
 * thread of the collector's own checks it, a daemon that ends when there is nothing left to do. If
 * more comes than can be checked, exchanges are left out and counted as {@link #unchecked()}.
 *
 * <p>Thread-safe. Needs no closing.
 */
public final class ContractFindings {
  private static final int MOST_WAITING = 1_000;
  private static final long MOST_BYTES_WAITING = 64L << 20;
  private static final int MOST_LISTED = 1_000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final String NO_OPERATION = Finding.NO_OPERATION;

  private final ContractValidator validator;
  private final ThreadPoolExecutor checks;

  // All guarded by this.
  private final List<Finding> first = new ArrayList<>();
  private final Map<String, Long> exchanges = new TreeMap<>();
  private final Map<ContractReport.Kind, ContractReport.Tally> tallies = new TreeMap<>();
  private long underWay;
  private long bytesUnderWay;
  private long unchecked;

  /** Creates a collector for what the standard validator finds. */
  public ContractFindings() {
    this(ContractValidator.standard());
  }

  /** Creates a collector for what a validator finds. */
  public ContractFindings(ContractValidator validator) {
    this.validator = Objects.requireNonNull(validator, "validator");
    this.checks =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            task -> {
              Thread thread = new Thread(task, "elumenta-contract-check");
              thread.setDaemon(true);
              return thread;
            });
    checks.allowCoreThreadTimeOut(true);
  }

  /** Has an exchange checked. Returns at once. */
  public void add(Exchange exchange) {
    Objects.requireNonNull(exchange, "exchange");
    long size =
        exchange.request().body().length
            + exchange.response().map(response -> response.body().length).orElse(0);
    add(size, () -> exchange);
  }

  /** Has an exchange checked that is put together as late as that; never throws. */
  void add(long size, Supplier<Exchange> exchange) {
    synchronized (this) {
      if (underWay > 0 && bytesUnderWay + size > MOST_BYTES_WAITING) {
        unchecked++;
        return;
      }
      underWay++;
      bytesUnderWay += size;
    }
    try {
      checks.execute(() -> check(size, exchange));
    } catch (RejectedExecutionException e) {
      done(size, true);
    }
  }

  private void check(long size, Supplier<Exchange> supplier) {
    boolean failed = true;
    try {
      Exchange exchange = supplier.get();
      record(
          validator.operationOf(exchange.request()).orElse(NO_OPERATION),
          validator.check(exchange));
      failed = false;
    } catch (RuntimeException e) {
      // Counted: a fault of the checks is no fault of the traffic.
    } finally {
      done(size, failed);
    }
  }

  private synchronized void record(String operation, List<Finding> findings) {
    exchanges.merge(operation, 1L, Long::sum);
    for (Finding finding : findings) {
      if (first.size() < MOST_LISTED) {
        first.add(finding);
      }
      tallies.merge(
          ContractReport.Kind.of(finding),
          new ContractReport.Tally(finding, 1),
          (known, one) -> known.oneMore());
    }
  }

  private synchronized void done(long size, boolean failed) {
    underWay--;
    bytesUnderWay -= size;
    unchecked += failed ? 1 : 0;
    notifyAll();
  }

  /**
   * Returns what was found in all exchanges handed over before, in their order; of very many the
   * first thousand. Waits until they are checked.
   *
   * @throws IllegalStateException if that takes longer than a minute, or the thread is interrupted,
   *     whose flag is kept
   */
  public synchronized List<Finding> list() {
    awaitChecks();
    return List.copyOf(first);
  }

  /** Returns how many exchanges were checked. Waits as {@link #list()} does. */
  public synchronized long exchanges() {
    awaitChecks();
    return exchanges.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns how many exchanges were left out. Waits as {@link #list()} does. */
  public synchronized long unchecked() {
    awaitChecks();
    return unchecked;
  }

  /** Returns a summary of everything up to now. Waits as {@link #list()} does. */
  public synchronized ContractReport report() {
    awaitChecks();
    return new ContractReport(exchanges, tallies.values(), unchecked);
  }

  private void awaitChecks() {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (underWay > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new IllegalStateException(underWay + " exchanges are still being checked.");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while exchanges were being checked.", e);
      }
    }
  }
}
