package ru.elumenta.client;

import java.time.Duration;
import java.time.Instant;
import ru.elumenta.client.options.TimeSource;

/** Time that passes when a modelled service takes it or when the client sleeps. One thread's. */
final class ModelledTime implements TimeSource {
  /** What happens while the client sleeps. */
  interface Sleep {
    void of(Duration duration) throws InterruptedException;
  }

  private final Sleep sleep;
  private Duration passed = Duration.ZERO;

  ModelledTime(Sleep sleep) {
    this.sleep = sleep;
  }

  @Override
  public Instant now() {
    return FakeTime.START.plus(passed);
  }

  @Override
  public long nanoTime() {
    return passed.toNanos();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    sleep.of(duration);
  }

  Duration passed() {
    return passed;
  }

  /** Time never goes back: what is past already is not waited for. */
  void passUntil(Duration moment) {
    passed = moment.compareTo(passed) > 0 ? moment : passed;
  }
}
