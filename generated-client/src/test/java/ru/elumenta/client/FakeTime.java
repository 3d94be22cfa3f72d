package ru.elumenta.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import ru.elumenta.client.options.TimeSource;

/** Time that passes only by sleeping, and a record of every sleep. */
public final class FakeTime implements TimeSource {
  /** When the clock starts: the time of the documentation's samples. */
  public static final Instant START = Instant.parse("2026-03-08T12:00:00Z");

  private final AtomicLong passed = new AtomicLong();
  private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

  @Override
  public Instant now() {
    return START.plusNanos(passed.get());
  }

  @Override
  public long nanoTime() {
    return passed.get();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleeps.add(duration);
    passed.addAndGet(duration.toNanos());
  }

  /** Lets time pass without anybody sleeping. */
  public void passes(Duration duration) {
    passed.addAndGet(duration.toNanos());
  }

  /** Returns every sleep so far. */
  public List<Duration> sleeps() {
    return List.copyOf(sleeps);
  }

  /** Returns how long was slept in all. */
  public Duration slept() {
    return sleeps.stream().reduce(Duration.ZERO, Duration::plus);
  }
}
