package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.TreeSet;
import ru.elumenta.client.TimeSource;
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
  private static final Duration LONGEST = Duration.ofHours(2);

  private final TimeSource time;
  private final TreeSet<Long> waiting = new TreeSet<>();
  private long tickets;
  private long underWay;

  private boolean isKnown; // as long as it is not, nothing below is of use
  private long limit;
  private long left;
  private long leastSaid;
  private long windowEnds;

  private long blockedUntil;

  RequestPacing(TimeSource time) {
    this.time = time;
    this.blockedUntil = time.nanoTime();
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
   * Asks for permission to send. Zero gives it; it is to be followed by {@link #answered} or {@link
   * #lost}.
   *
   * @return how long to wait before asking again
   */
  synchronized Duration ask(long ticket) {
    long now = time.nanoTime();
    startNewWindow(now);
    long wait = Math.max(0, blockedUntil - now);
    long ahead = waiting.headSet(ticket).size();
    if (isKnown && ahead >= left && wait < windowEnds - now) {
      long windowsForThoseAhead = (ahead - left) / limit;
      wait = windowEnds - now + windowsForThoseAhead * HOUR;
    }
    if (wait == 0) {
      waiting.remove(ticket);
      left--;
      underWay++;
    }
    return Duration.ofNanos(wait);
  }

  /** A request that was let through has ended, and nothing was said of the limits. */
  synchronized void lost() {
    underWay--;
  }

  /**
   * A request that was let through was answered.
   *
   * @param skew how far the service's clock is ahead of ours
   */
  synchronized void answered(RateLimits said, Duration skew) {
    underWay--;
    RateLimits.Window hour = said.hour();
    if (hour.isUnlimited()) {
      isKnown = false;
    }
    if (hour.limit().orElse(0) <= 0 || hour.remaining().isEmpty() || hour.reset().isEmpty()) {
      return;
    }
    Duration untilReset = Duration.between(time.now(), hour.reset().get().minus(skew));
    if (untilReset.abs().compareTo(LONGEST) > 0) {
      return; // no window of an hour
    }
    long ends = time.nanoTime() + untilReset.toNanos();
    if (isKnown && windowEnds - ends > HOUR / 2) {
      return; // of the hour before
    }
    long remaining = Math.max(0, hour.remaining().getAsLong());
    boolean isNewWindow = !isKnown || ends - windowEnds > HOUR / 2;
    leastSaid = isNewWindow || underWay == 0 ? remaining : Math.min(leastSaid, remaining);
    left = Math.max(leastSaid - underWay, Math.min(isNewWindow ? leastSaid : left, leastSaid));
    limit = hour.limit().getAsLong();
    windowEnds = isNewWindow ? ends : Math.max(ends, windowEnds);
    isKnown = true;
  }

  /** The service refused a request and said for how long it will. */
  synchronized void refused(Duration wait) {
    blockedUntil = Math.max(time.nanoTime() + wait.toNanos(), blockedUntil);
  }

  private void startNewWindow(long now) {
    while (isKnown && now - windowEnds >= 0) {
      left = limit;
      leastSaid = limit;
      windowEnds += HOUR;
    }
  }
}
