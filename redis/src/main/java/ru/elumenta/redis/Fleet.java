package ru.elumenta.redis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.options.TimeSource;

/**
 * All that the machines of a fleet share, over one connection to Redis.
 *
 * <pre>{@code
 * try (Fleet fleet = Fleet.of(options);
 *     ElumentaClient elumenta = fleet.applyTo(ElumentaClient.builder().apiKey(key)).build()) {
 *   …
 * }
 * }</pre>
 *
 * <p>Connects when something is first needed. Thread-safe. Closing it, once the clients that use it
 * are closed, closes the connection and ends its threads.
 */
public final class Fleet implements AutoCloseable {
  private final FleetConnection connection;
  private @Nullable RedisSessionStore sessions; // guarded by this; null until it is asked for
  private @Nullable RedisCallJournal journal; // the same
  private @Nullable RedisPacing pacing; // guarded by this; null until it is asked for

  private Fleet(FleetOptions options) {
    this.connection = new FleetConnection(options);
  }

  /** Creates it; connects to nothing yet. */
  public static Fleet of(FleetOptions options) {
    return new Fleet(Objects.requireNonNull(options, "options"));
  }

  /**
   * Has a client share all of it.
   *
   * @return the same builder
   */
  public ElumentaClientBuilder applyTo(ElumentaClientBuilder builder) {
    Objects.requireNonNull(builder, "builder").journal(callJournal());
    if (connection.options().isPaced()) {
      builder.pacing(pacing());
    }
    return builder;
  }

  /**
   * Returns the store of the session that the machines share.
   *
   * @throws IllegalArgumentException if the options have no encryption key
   */
  public synchronized RedisSessionStore sessionStore() {
    if (sessions == null) {
      sessions = new RedisSessionStore(connection, false);
    }
    return sessions;
  }

  /** Returns the journal of the calls of all machines. */
  public synchronized RedisCallJournal callJournal() {
    if (journal == null) {
      journal = new RedisCallJournal(connection, false);
    }
    return journal;
  }

  /** Returns what holds requests of all machines back together. */
  public synchronized RedisPacing pacing() {
    if (pacing == null) {
      pacing = new RedisPacing(connection, false, TimeSource.system());
    }
    return pacing;
  }

  /**
   * Returns a batch that workers on all machines work off together.
   *
   * @param name 1 to 64 letters, digits, dots, dashes or underscores
   * @throws IllegalArgumentException if the options have no encryption key
   */
  public RedisBatch batch(String name) {
    return new RedisBatch(connection, name);
  }

  @Override
  public void close() {
    RedisCallJournal used;
    RedisPacing paced;
    synchronized (this) {
      used = journal;
      paced = pacing;
    }
    if (paced != null) {
      paced.close();
    }
    if (used != null) {
      used.close();
    }
    connection.close();
  }

  /** Shows where and for whom, no secrets. */
  @Override
  public String toString() {
    return "Fleet[" + connection.options() + "]";
  }
}
