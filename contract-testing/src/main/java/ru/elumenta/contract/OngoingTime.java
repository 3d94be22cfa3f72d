package ru.elumenta.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import ru.elumenta.client.options.TimeSource;

/** The time of this machine, which can be put forward. Thread-safe. */
final class OngoingTime implements TimeSource {
  private final AtomicLong ahead = new AtomicLong(); // nanoseconds

  void advance(Duration duration) {
    ahead.addAndGet(duration.toNanos());
  }

  @Override
  public Instant now() {
    return Instant.now().plusNanos(ahead.get());
  }

  @Override
  public long nanoTime() {
    return System.nanoTime() + ahead.get();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(duration.toNanos());
  }
}
