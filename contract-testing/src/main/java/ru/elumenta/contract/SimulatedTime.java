package ru.elumenta.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import ru.elumenta.client.options.TimeSource;

/**
 * Time in which nobody waits: a sleep lets it pass and returns. Give it to a client, with {@code
 * timeSource}, and to a simulator, and both are in the same hour. Thread-safe; sleeps of several
 * threads add up, as if one slept after the other.
 */
public final class SimulatedTime implements TimeSource {
  /** When it starts unless told otherwise: the time of the documentation's samples. */
  public static final Instant START = Instant.parse("2026-03-08T12:00:00Z");

  private final Instant start;
  private final AtomicLong passed = new AtomicLong();

  private SimulatedTime(Instant start) {
    this.start = start;
  }

  /** Starts at {@link #START}. */
  public static SimulatedTime started() {
    return startedAt(START);
  }

  /** Starts at any time. */
  public static SimulatedTime startedAt(Instant start) {
    return new SimulatedTime(Objects.requireNonNull(start, "start"));
  }

  /** Lets time pass. */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time only moves forward.");
    }
    passed.addAndGet(duration.toNanos());
  }

  @Override
  public Instant now() {
    return start.plusNanos(passed.get());
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
    advance(duration);
  }

  @Override
  public String toString() {
    return "SimulatedTime[" + now() + "]";
  }
}
