package ru.elumenta.redis;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaClientBuilder;

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
    return Objects.requireNonNull(builder, "builder").journal(callJournal());
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

  @Override
  public void close() {
    RedisCallJournal used;
    synchronized (this) {
      used = journal;
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
