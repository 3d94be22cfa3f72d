package ru.elumenta.client.pacing;

import java.time.Duration;
import java.util.TreeSet;
import java.util.function.Supplier;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.RateLimits;

/**
 * Holds requests back while the account has none left, instead of sending them into a 429. First
 * come, first served.
 *
 * <p>What is left is counted down here with each request, and set right by the rate-limit headers
 * of each answer: there cannot be more left than the least that the service has said in this hour
 * (it counts requests of others too), nor less than that without the requests still under way (it
 * need not count every request). The day's window names no end, so it holds back only once a 429
 * has said for how long.
 *
 * <p>Thread-safe: every method holds the lock of this object.
 */
final class RequestPacing {
  private static final long HOUR = Duration.ofHours(1).toNanos();
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(61);

  /** More would overflow. */
  private static final Duration LONGEST_REFUSAL = Duration.ofDays(36_500);

  private final TimeSource time;
  private final TreeSet<Long> waiting = new TreeSet<>();
  private long tickets;
  private long underWay;
  private long answers;

  private boolean isKnown; // as long as it is not, nothing below is of use
  private long limit;
  private long left;
  private long leastSaid;
  private long windowEnds;

  private long blockedUntil;
  private long nextTrial; // of what is blocked
  private long refusedAt; // counted in answers

  RequestPacing(TimeSource time) {
    this.time = time;
    this.blockedUntil = time.nanoTime();
    this.nextTrial = blockedUntil;
  }

  /** Takes a place at the end of the queue. Followed by {@link #leave}. */
  synchronized long join() {
    long ticket = tickets++;
    waiting.add(ticket);
    return ticket;
  }

  /** Gives the place up. */
  synchronized void leave(long ticket) {
    waiting.remove(ticket);
  }

  /**
   * Asks for permission to send. Zero gives it; {@link #answered}, {@link #lost} or {@link
   * #notSent} is to follow.
   *
   * @return how long it will be held back, by what is known now
   */
  synchronized Duration ask(long ticket) {
    long now = time.nanoTime();
    startNewWindow(now);
    long wait = Math.max(0, Math.min(blockedUntil, nextTrial) - now);
    long ahead = waiting.headSet(ticket).size();
    if (isKnown && ahead >= left && wait < windowEnds - now) {
      long windowsForThoseAhead = (ahead - left) / limit;
      wait = windowEnds - now + windowsForThoseAhead * HOUR;
    }
    if (wait == 0) {
      let(ticket, now);
    }
    return Duration.ofNanos(wait);
  }

  /** Somebody else has given permission to send. To be followed as if {@link #ask} had. */
  synchronized void take(long ticket) {
    long now = time.nanoTime();
    startNewWindow(now);
    let(ticket, now);
  }

  private void let(long ticket, long now) {
    nextTrial = now + Pacing.TRIAL_AFTER.toNanos(); // of no account unless it is blocked
    waiting.remove(ticket);
    left--;
    underWay++;
  }

  /** A request that was let through was not sent, or did not arrive. */
  synchronized void notSent() {
    underWay--;
    left = Math.min(left + 1, leastSaid);
  }

  /** A request that was let through has ended, and nothing was said of the limits. */
  synchronized void lost() {
    underWay--;
  }

  /** Returns how many answers came so far; to be kept when a request is sent. */
  synchronized long answersSoFar() {
    return answers;
  }

  /**
   * A request that was let through was answered.
   *
   * @param answersBefore how many answers had come when it was sent
   * @param skew tells how far the service's clock is ahead of ours; asked if the account is limited
   */
  synchronized void answered(RateLimits said, long answersBefore, Supplier<Duration> skew) {
    boolean isAlone = underWay == 1 && answers == answersBefore; // no other was counted meanwhile
    answers++;
    underWay--;
    RateLimits.Window hour = said.hour();
    if (hour.isUnlimited()) {
      isKnown = false;
    }
    if (hour.limit().orElse(0) <= 0 || hour.remaining().isEmpty() || hour.reset().isEmpty()) {
      return;
    }
    Duration untilReset = Duration.between(time.now().plus(skew.get()), hour.reset().get());
    if (untilReset.abs().compareTo(LONGEST_WINDOW) > 0) {
      return; // no window of an hour
    }
    long ends = time.nanoTime() + untilReset.toNanos();
    if (isKnown && windowEnds - ends > HOUR / 2) {
      return; // of the hour before
    }
    long remaining = Math.max(0, hour.remaining().getAsLong());
    boolean isNewWindow = !isKnown || ends - windowEnds > HOUR / 2;
    leastSaid = isNewWindow || isAlone ? remaining : Math.min(leastSaid, remaining);
    left = Math.max(leastSaid - underWay, Math.min(isNewWindow ? leastSaid : left, leastSaid));
    limit = hour.limit().getAsLong();
    windowEnds = isNewWindow ? ends : Math.max(ends, windowEnds);
    isKnown = true;
  }

  /**
   * The service refused a request and said for how long it will. One that is sent after some
   * minutes shows whether that still holds.
   */
  synchronized void refused(Duration wait) {
    Duration capped = wait.compareTo(LONGEST_REFUSAL) > 0 ? LONGEST_REFUSAL : wait;
    long now = time.nanoTime();
    blockedUntil = Math.max(now + capped.toNanos(), blockedUntil);
    nextTrial = now + Pacing.TRIAL_AFTER.toNanos();
    refusedAt = ++answers;
  }

  /**
   * The service did not refuse a request; if it was sent after the last refusal, that is over.
   *
   * @param answersBefore how many answers had come when it was sent
   */
  synchronized void accepted(long answersBefore) {
    if (answersBefore >= refusedAt) {
      blockedUntil = time.nanoTime();
    }
  }

  private void startNewWindow(long now) {
    while (isKnown && now - windowEnds >= 0) {
      left = limit;
      leastSaid = limit;
      windowEnds += HOUR;
    }
  }
}
