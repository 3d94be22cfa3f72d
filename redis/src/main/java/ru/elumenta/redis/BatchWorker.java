package ru.elumenta.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.batch.PriceList;
import ru.elumenta.client.error.TooManyCallsException;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.TokenExpiredException;

/** One run of one worker, with its threads. Thread-safe. */
final class BatchWorker {
  private static final Duration PAUSE = Duration.ofMillis(500);

  /** Without a word of the service (page: error-handling). */
  private static final Duration RATE_LIMIT_WAIT = Duration.ofSeconds(60);

  private final FleetConnection connection;
  private final SharedItems items;
  private final ElumentaCalls elumenta;
  private final int parallel;
  private volatile boolean isPriced;
  private final TimeSource time;
  private final Set<String> held = ConcurrentHashMap.newKeySet(); // entries
  private final PriceList prices;
  private final AtomicLong completed = new AtomicLong();
  private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
  private final Outage outage = new Outage("The batch", "its workers wait for it");

  /** Why it ends early. */
  record Stop(BatchEnd end, @Nullable String problem, @Nullable RuntimeException thrown) {}

  /** Something that needs Redis. */
  interface Work<T> {
    T run() throws RedisFailure;
  }

  BatchWorker(
      FleetConnection connection,
      SharedItems items,
      ElumentaCalls elumenta,
      int parallel,
      TimeSource time) {
    this.connection = connection;
    this.items = items;
    this.elumenta = elumenta;
    this.prices = new PriceList(elumenta);
    this.parallel = parallel;
    this.time = time;
  }

  SharedItems items() {
    return items;
  }

  ElumentaCalls elumenta() {
    return elumenta;
  }

  TimeSource time() {
    return time;
  }

  Duration timeout() {
    return connection.options().timeout();
  }

  boolean isPriced() {
    return isPriced;
  }

  PriceList prices() {
    return prices;
  }

  void completed() {
    completed.incrementAndGet();
  }

  long completedNow() {
    return completed.get();
  }

  boolean isStopping() {
    return stop.get() != null;
  }

  Optional<Stop> stopped() {
    return Optional.ofNullable(stop.get());
  }

  /** Nothing more is to be begun; the first reason counts. */
  void stop(BatchEnd end, @Nullable String problem) {
    stop.compareAndSet(null, new Stop(end, problem, null));
  }

  /** Returns whether the item is still this worker's, as far as it has heard. */
  boolean has(TakenItem item) {
    return held.contains(item.entry());
  }

  void sleep(Duration duration) throws InterruptedException {
    time.sleep(duration);
  }

  /** Waits as long as the service asks, or a while. */
  void sleepAsTold(ElumentaException e) throws InterruptedException {
    sleep(e.retryAfter().orElse(RATE_LIMIT_WAIT));
  }

  /** Returns whether a failure says nothing of the item, but that it is to wait. */
  static boolean holdsBack(ElumentaException e) {
    return e instanceof RateLimitException || e instanceof TooManyCallsException;
  }

  /** Stops for what is not for an item to fail, but for the whole run to end. */
  boolean stopsFor(ElumentaException e) {
    if (e instanceof CallInterruptedException || e.getCause() instanceof CallInterruptedException) {
      stop(BatchEnd.INTERRUPTED, null);
      return true;
    }
    if (e instanceof NotAuthenticatedException
        || e instanceof TokenExpiredException
        || e instanceof LoginRequiredException) {
      stop(BatchEnd.NOT_AUTHENTICATED, e.getMessage());
      return true;
    }
    return false;
  }

  /** Does it as soon as Redis is there, however long that takes. */
  <T> T patiently(Work<T> work) throws InterruptedException {
    while (true) {
      try {
        T result = work.run();
        outage.ended();
        return result;
      } catch (RedisFailure e) {
        if (e.kind() == RedisFailure.Kind.INTERRUPTED || e.kind() == RedisFailure.Kind.CLOSED) {
          Thread.interrupted(); // said by the exception
          throw new InterruptedException();
        }
        outage.began(e);
      } catch (JournalException e) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
      sleep(PAUSE);
    }
  }

  /** Returns whether the calling thread was interrupted meanwhile. */
  boolean run() {
    long third = Math.max(1, connection.options().lease().toMillis() / 3);
    ScheduledFuture<?> beat =
        connection.timer().scheduleWithFixedDelay(this::beat, third, third, TimeUnit.MILLISECONDS);
    List<Thread> threads = new ArrayList<>();
    for (int number = 1; number <= parallel; number++) {
      Thread thread = new Thread(this::work, "elumenta-fleet-batch-" + number);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    boolean wasInterrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          if (wasInterrupted) { // twice: requests under way are given up
            threads.forEach(Thread::interrupt);
          }
          wasInterrupted = true;
          stop(BatchEnd.INTERRUPTED, null);
        }
      }
    }
    beat.cancel(false);
    return wasInterrupted;
  }

  private void beat() {
    List<String> mine = List.copyOf(held);
    if (!mine.isEmpty()) {
      items
          .keep(mine)
          .thenAccept(lost -> ((List<?>) lost).forEach(entry -> held.remove(entry.toString())));
    }
  }

  private void work() {
    try {
      isPriced = patiently(items::sums).containsKey("budget");
      while (!isStopping()) {
        SharedItems.Taken taken = patiently(items::take);
        if (taken.item().isPresent()) {
          TakenItem item = taken.item().get();
          held.add(item.entry());
          try {
            new BatchItemWork(this, item).run();
          } finally {
            held.remove(item.entry());
          }
        } else if (taken.held() == 0) {
          return;
        } else {
          sleep(PAUSE); // others have some, and may die
        }
      }
    } catch (InterruptedException e) {
      stop(BatchEnd.INTERRUPTED, null);
    } catch (RuntimeException e) {
      stop.compareAndSet(null, new Stop(BatchEnd.INTERRUPTED, e.getMessage(), e));
    }
  }
}
