package ru.elumenta.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.redis.TakenItem.Phase;

/**
 * A batch that workers on any number of machines work off together.
 *
 * <pre>{@code
 * RedisBatch posters = fleet.batch("posters-2026-03");
 * posters.budget(500);
 * posters.add(items);                                  // on one machine; each id once
 * BatchReport report = posters.run(elumenta, 8);       // on every machine
 * posters.outcomes(outcome -> …);                      // on any
 * }</pre>
 *
 * <p>An item is taken by one worker at a time. One that is not heard of for a {@linkplain
 * FleetOptions#lease() lease} is dead, and its items are taken over: what certainly was not sent is
 * sent, a generation that is known is waited for, and what may have been sent is looked up in the
 * history, with what the journal knows of it; it is adopted if it is certainly the item's, else
 * listed as open. It is never sent again. For that all workers need the journal of the fleet, and a
 * client with {@link ru.elumenta.client.options.Recovery#LOOK_UP}; whoever takes over open calls
 * beside them leaves those of batches alone.
 *
 * <p>A worker that was only paused sends nothing for an item that it no longer has, and what it had
 * sent before counts, whoever has the item by then. While Redis is away workers wait: nothing is
 * sent that could not be written down before.
 *
 * <p>Requests and results are in Redis until {@link FleetOptions#keepCalls()} after the batch was
 * last touched, encrypted with the key of the options; without one the batch refuses to be used.
 * Thread-safe.
 */
public final class RedisBatch {
  private static final int MOST_AT_ONCE = 100;
  private static final int MOST_PARALLEL = 1_000;

  private final FleetConnection connection;
  private final String name;
  private final SharedItems items;

  RedisBatch(FleetConnection connection, String name) {
    FleetOptionsBuilder.name("name of a batch", name);
    if (connection.options().tokenKeys().isEmpty()) {
      throw new IllegalArgumentException(
          "A batch keeps prompts and results in Redis: set encryptionKey(…) of the options.");
    }
    this.connection = connection;
    this.name = name;
    this.items = new SharedItems(connection, name);
  }

  /**
   * Adds items. One whose id the batch has already is left out, so that adding may be repeated; it
   * may go on while workers run.
   *
   * @return how many were new
   * @throws JournalException if Redis failed: some may have been added, so add all again
   */
  public long add(Iterable<BatchItem> added) {
    long isNew = 0;
    List<BatchItem> some = new ArrayList<>();
    for (BatchItem item : added) {
      some.add(item);
      if (some.size() == MOST_AT_ONCE) {
        isNew += addSome(some);
        some.clear();
      }
    }
    return isNew + addSome(some);
  }

  private long addSome(List<BatchItem> some) {
    return some.isEmpty() ? 0 : asked(() -> items.add(some));
  }

  /**
   * Sets what the batch may cost, on all machines together. Default any. An item's price is
   * reserved before it is sent, and what it did cost is taken for it afterwards; one whose outcome
   * is not known counts at its price. What does not fit is not sent; so with prices as announced it
   * is never exceeded. An item without a price fails. To be set before workers run, who look when
   * they begin.
   *
   * @param tokens not negative
   * @throws JournalException if Redis failed
   */
  public void budget(long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("The budget must not be negative, but is " + tokens + ".");
    }
    asked(
        () -> {
          items.budget(tokens);
          return true;
        });
  }

  /**
   * Works off items until none is left, of other workers neither, or nothing more can be done. An
   * item that fails does not end it. An interrupt does, in order: nothing more is begun, requests
   * under way are waited for, and others take over what this one leaves; the flag is kept.
   *
   * @param elumenta a client with the journal of the fleet
   * @param parallel how many items at once, each on a thread of its own; 1 to 1,000
   * @return how it ended, with the numbers of the whole batch; {@code completedNow} is this
   *     worker's
   * @throws JournalException if the thread was interrupted while Redis was away
   */
  public BatchReport run(ElumentaCalls elumenta, int parallel) {
    return run(elumenta, parallel, TimeSource.system());
  }

  BatchReport run(ElumentaCalls elumenta, int parallel, TimeSource time) {
    Objects.requireNonNull(elumenta, "elumenta");
    if (parallel < 1 || parallel > MOST_PARALLEL) {
      throw new IllegalArgumentException("parallel must be 1 to 1000, but is " + parallel + ".");
    }
    BatchWorker worker = new BatchWorker(connection, items, elumenta, parallel, time);
    boolean wasInterrupted = worker.run();
    Optional<BatchWorker.Stop> stop = worker.stopped();
    try {
      if (stop.isPresent() && stop.get().thrown() != null) {
        throw stop.get().thrown();
      }
      return worker.patiently(
          () ->
              report(
                  stop.map(BatchWorker.Stop::end).orElse(BatchEnd.FINISHED),
                  stop.map(BatchWorker.Stop::problem),
                  worker.completedNow()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(
          "Redis was waited for until the thread was interrupted", "Run it again.", e);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Returns how far it is; the {@code end} says whether every item has ended or is open.
   *
   * @throws JournalException if Redis failed
   */
  public BatchReport report() {
    return asked(
        () -> {
          BatchReport report = report(BatchEnd.FINISHED, Optional.empty(), 0);
          return report.running() + report.waiting() == 0
              ? report
              : report(BatchEnd.STILL_RUNNING, Optional.empty(), 0);
        });
  }

  private BatchReport report(BatchEnd end, Optional<String> problem, long completedNow)
      throws RedisFailure {
    Map<String, String> sums = items.sums();
    long[] live = new long[3]; // open, running, what they may cost
    items.live(
        (id, state) -> {
          if (state.phase() == Phase.OPEN) {
            live[0]++;
          } else if (state.phase() == Phase.CREATED || state.phase() == Phase.SENT) {
            live[1]++;
          }
          live[2] += Math.max(0, state.price());
        });
    long total = number(sums, "total");
    long done = number(sums, "done");
    long failed = number(sums, "failed");
    return new BatchReport(
        end,
        total,
        done,
        failed,
        live[0],
        live[1],
        total - done - failed - live[0] - live[1],
        completedNow,
        number(sums, "spent"),
        number(sums, "spent_on_failures"),
        live[2],
        problem);
  }

  private static long number(Map<String, String> sums, String name) {
    return Long.parseLong(sums.getOrDefault(name, "0"));
  }

  /**
   * Goes through what became of items: first those that have ended, then those that are open. Each
   * comes once.
   *
   * @throws JournalException if Redis failed
   */
  public void outcomes(Consumer<BatchOutcome> each) {
    Set<String> seen = new HashSet<>();
    asked(
        () -> {
          items.ended(
              (id, outcome) -> {
                if (seen.add(id)) {
                  each.accept(outcome);
                }
              });
          items.live(
              (id, state) -> {
                if (state.phase() == Phase.OPEN && seen.add(id)) {
                  each.accept(BatchOutcome.open(id, state.price()));
                }
              });
          return true;
        });
  }

  /**
   * Has workers look once more for the items that are open, for example an hour later: rows of the
   * history come late. Sends none of them again.
   *
   * @return how many there are
   * @throws JournalException if Redis failed
   */
  public long lookAgain() {
    return asked(items::again);
  }

  private <T> T asked(BatchWorker.Work<T> work) {
    try {
      return work.run();
    } catch (RedisFailure e) {
      throw unreachable(e.sentence(), e.advice(), e.getCause());
    }
  }

  private JournalException unreachable(String why, String advice, @Nullable Throwable cause) {
    return new JournalException(
        "The batch %s cannot be reached: %s".formatted(name, why), advice, cause);
  }

  /** Shows its name. */
  @Override
  public String toString() {
    return "RedisBatch[" + name + "]";
  }
}
