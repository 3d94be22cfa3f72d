package ru.elumenta.redis;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The turns that this process has. Their leases are renewed three times as often as they would end,
 * so that short requests cost no renewal. Thread-safe.
 */
final class HeldTurns implements AutoCloseable {
  private final FleetConnection connection;
  private final PacingCommands commands;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();
  private @Nullable ScheduledFuture<?> renewal; // guarded by this, as is the next
  private boolean isClosed;

  HeldTurns(FleetConnection connection, PacingCommands commands) {
    this.connection = connection;
    this.commands = commands;
  }

  void add(String id) {
    ids.add(id);
    begin();
  }

  /** No renewal that has begun comes after it, and takes the turn back. */
  synchronized void remove(String id) {
    ids.remove(id);
  }

  int size() {
    return ids.size();
  }

  private synchronized void begin() {
    if (renewal == null && !isClosed) {
      long third = connection.options().lease().toMillis() / 3;
      renewal =
          connection
              .timer()
              .scheduleWithFixedDelay(this::renew, third, third, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void renew() {
    List<String> held = List.copyOf(ids);
    if (!held.isEmpty()) {
      commands.keep(held); // does not wait; if it fails, the next call notices
    }
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    if (renewal != null) {
      renewal.cancel(false);
    }
  }
}
