package ru.elumenta.client.internal.recovery;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import ru.elumenta.client.internal.call.BackOff;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.NotThere;
import ru.elumenta.client.internal.call.OutcomeLookUp.Ran;
import ru.elumenta.client.internal.call.OutcomeLookUp.Unclear;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ResponseFormatException;

/**
 * Looks for a lost call again and again: soon at first, then less often, as the service allows.
 * Thread-safe.
 */
final class RepeatedLook {
  /**
   * The waits before the first looks. A row may appear late, perhaps only when the work is done,
   * which for what is answered at once takes up to a minute.
   */
  private static final List<Duration> FIRST_WAITS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40));

  /** How long the history must show nothing before that is taken for a sign. */
  private static final Duration LEAST_WATCH = Duration.ofMinutes(1);

  /** The wait before each further look. */
  private static final Duration LATER_WAIT = Duration.ofMinutes(1);

  /** What a last look before the deadline needs. */
  private static final Duration ONE_LOOK = Duration.ofSeconds(2);

  private final TimeSource time;
  private final Pause pause;
  private final Duration rateLimitWait;

  /**
   * Creates it.
   *
   * @param rateLimitWait how long to wait if the service refuses a look and does not say how long
   */
  RepeatedLook(TimeSource time, Pause pause, Duration rateLimitWait) {
    this.time = time;
    this.pause = pause;
    this.rateLimitWait = rateLimitWait;
  }

  /** One look. */
  @FunctionalInterface
  interface Look {
    /**
     * Looks.
     *
     * @throws InterruptedException if the thread is interrupted
     */
    Finding once(boolean provesAbsence) throws InterruptedException;
  }

  /**
   * Looks until it is found, cannot be told, is proved to be absent, or the time is over.
   *
   * @param provesAbsence whether to end once the history has shown nothing for long enough
   */
  Finding find(Look look, Deadline deadline, boolean provesAbsence) {
    try {
      Finding finding = new Unclear("There was no time left to look for it.", null);
      Duration told = Duration.ZERO;
      long lost = time.nanoTime();
      for (int round = 0;
          round < FIRST_WAITS.size() || !isProved(finding, provesAbsence, lost);
          round++) {
        Duration wait = round < FIRST_WAITS.size() ? FIRST_WAITS.get(round) : LATER_WAIT;
        Duration left = deadline.remaining().minus(ONE_LOOK);
        if (left.isNegative() || left.isZero() || told.compareTo(left) > 0) {
          return provesAbsence && finding instanceof NotThere
              ? new Unclear(
                  "The history does not show it so far, but was not asked for long.", null)
              : finding;
        }
        Duration shorter = wait.compareTo(left) < 0 ? wait : left;
        if (pause.sleep(BackOff.longer(shorter, told)) == Pause.End.CLOSED) {
          return new Unclear("The client was closed before it could be looked for.", null);
        }
        finding = look.once(provesAbsence);
        if (finding instanceof Found || finding instanceof Ran) {
          return finding;
        }
        told = finding instanceof Unclear unclear ? toldToWait(unclear) : Duration.ZERO;
      }
      return finding;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unclear("The look-up was interrupted.", null);
    }
  }

  /** For ever, if looking again is of no use. */
  private Duration toldToWait(Unclear unclear) {
    if (unclear.failure() instanceof ElumentaException e
        && (e.isTransient() || e instanceof ResponseFormatException)) {
      return BackOff.asked(e, rateLimitWait);
    }
    return unclear.failure() == null ? Duration.ZERO : ChronoUnit.FOREVER.getDuration();
  }

  /** Waits are shortened by the deadline, so the number of looks tells nothing. */
  private boolean isProved(Finding finding, boolean provesAbsence, long lost) {
    return provesAbsence
        && finding instanceof NotThere
        && time.nanoTime() - lost >= LEAST_WATCH.toNanos();
  }
}
