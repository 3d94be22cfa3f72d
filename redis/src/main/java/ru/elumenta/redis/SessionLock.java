package ru.elumenta.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import ru.elumenta.redis.RedisFailure.Kind;

/**
 * The lock of a session, held by one thread of one machine: a lease that is extended until it is
 * released. Used by that thread; the lease is extended by the timer's.
 */
final class SessionLock {
  private static final Script LOCK = Script.of("session-lock");
  private static final Script EXTEND = Script.of("session-extend");
  private static final Script UNLOCK = Script.of("session-unlock");

  /** A lease is extended so often while it lasts. */
  private static final int BEATS = 3;

  private static final long SHORTEST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private static final long LONGEST_RELEASE_MILLIS = 500;

  private final FleetConnection connection;
  private final List<String> keys;
  private final String owner;
  private final ScheduledFuture<?> beat;
  private long version;
  private int writes;

  private SessionLock(FleetConnection connection, String key, String owner, long version) {
    this.connection = connection;
    this.keys = List.of(key);
    this.owner = owner;
    this.version = version;
    long lease = connection.options().lease().toMillis();
    List<String> arguments = List.of(owner, String.valueOf(lease));
    this.beat =
        connection
            .timer()
            .scheduleAtFixedRate(
                () -> connection.start(EXTEND, keys, arguments),
                lease / BEATS,
                lease / BEATS,
                TimeUnit.MILLISECONDS);
  }

  /**
   * Waits for it.
   *
   * @param end by the clock of {@link System#nanoTime}
   * @return null if others had it until then
   */
  static @Nullable SessionLock acquire(FleetConnection connection, String session, long end)
      throws RedisFailure {
    String key = session + ":lock";
    String owner = UUID.randomUUID().toString();
    List<String> keys = List.of(key, session);
    List<String> arguments =
        List.of(owner, String.valueOf(connection.options().lease().toMillis()));
    boolean isTaken = false;
    try {
      for (; ; ) {
        Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        long version = (Long) connection.run(LOCK, keys, arguments, left).get(0);
        if (version >= 0) {
          return new SessionLock(connection, key, owner, version);
        }
        isTaken = true;
        long pause =
            ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS);
        if (end - System.nanoTime() <= TimeUnit.MILLISECONDS.toNanos(pause)) {
          return null;
        }
        TimeUnit.MILLISECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw RedisFailure.of(Kind.INTERRUPTED, false, connection.options().place());
    } catch (RedisFailure e) {
      if (e.mayHaveRun()) {
        connection.start(UNLOCK, List.of(key), List.of(owner)); // else it goes with its lease
      }
      if (isTaken && e.kind() == Kind.SLOW && end - System.nanoTime() <= 0) {
        return null; // the last question came too late for an answer
      }
      throw e;
    }
  }

  /** Returns the version of the session that it has seen, or has written itself. */
  long version() {
    return version;
  }

  /** Returns a name for the next write, by which the same command is known if it comes twice. */
  String nextWrite() {
    return owner + "/" + ++writes;
  }

  void written(long now) {
    version = now;
  }

  /** Gives it back; if that cannot be said, it goes with its lease. */
  void release() {
    beat.cancel(false);
    try {
      connection
          .start(UNLOCK, keys, List.of(owner))
          .get(LONGEST_RELEASE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // As said above.
    }
  }
}
