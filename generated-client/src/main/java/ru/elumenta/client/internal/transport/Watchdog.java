package ru.elumenta.client.internal.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Ends calls whose time is over and connections that idled too long, from one thread for all of
 * them. The thread sleeps until the earliest of these times, and a call wakes it only if its own is
 * earlier, so that as a rule no call costs a switch of threads. It ends when there has been nothing
 * to watch for a while. Thread-safe.
 */
final class Watchdog {
  /** How long the thread stays without work. */
  private static final long LINGER = TimeUnit.SECONDS.toNanos(1);

  /** Times that lie closer together than this are handled at once. */
  private static final long GRAIN = TimeUnit.MICROSECONDS.toNanos(500);

  /** How soon it looks again once all is ended. */
  private static final long FAREWELL = TimeUnit.MILLISECONDS.toNanos(10);

  private final Set<HttpCall> calls = ConcurrentHashMap.newKeySet();
  private final IdleConnections idle;
  private final ReentrantLock lock = new ReentrantLock(); // for starting and ending the thread
  private volatile Thread thread; // null if it does not run
  private volatile boolean isAwake = true; // then it is to be woken for anything
  private volatile long wakeUp; // when it is asleep: until when

  Watchdog(IdleConnections idle) {
    this.idle = idle;
  }

  /** Watches a call until it is forgotten. */
  void watch(HttpCall call) {
    calls.add(call);
    wakeBy(call.deadline());
  }

  void forget(HttpCall call) {
    calls.remove(call);
  }

  /** Ends the calls of an owner; of all if it is null. */
  void endAll(Object owner) {
    for (HttpCall call : calls) {
      if (owner == null || call.isOf(owner)) {
        call.end(HttpCall.End.CLIENT_CLOSED);
      }
    }
  }

  /** Makes sure that the thread is awake at a time at the latest. */
  void wakeBy(long nanoTime) {
    Thread watching = thread;
    if (watching == null) {
      start();
    } else if (isAwake || nanoTime - wakeUp < 0) {
      LockSupport.unpark(watching);
    }
  }

  /** Has the thread look around now, for example to find that it is no longer needed. */
  void wake() {
    LockSupport.unpark(thread);
  }

  private void start() {
    lock.lock();
    try {
      if (thread == null) {
        thread = HelperThreads.started("elumenta-http-watchdog", this::run);
      } else { // somebody else was first, and it may sleep already
        LockSupport.unpark(thread);
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean wasIdle = false;
    while (true) {
      isAwake = true; // before looking: what is added from here on is seen, or wakes the thread
      long now = System.nanoTime();
      long earliest = now + LINGER;
      boolean isIdle = calls.isEmpty() && idle.isEmpty();
      if (isIdle) {
        if ((wasIdle || idle.isClosed()) && hasEnded()) {
          return;
        }
      } else {
        earliest = idle.isClosed() ? now + FAREWELL : earliestTime(now);
      }
      wasIdle = isIdle;
      wakeUp = earliest;
      isAwake = false;
      if (isIdle == (calls.isEmpty() && idle.isEmpty())) { // else there is something to look at
        LockSupport.parkNanos(this, Math.max(GRAIN, earliest - System.nanoTime()));
      }
      Thread.interrupted(); // it has no meaning here, and would keep the thread from sleeping
    }
  }

  private long earliestTime(long now) {
    long earliest = idle.closeExpired(now);
    for (HttpCall call : calls) {
      long deadline = call.deadline();
      if (deadline - now <= 0) {
        call.end(HttpCall.End.TIMED_OUT);
      } else if (deadline - earliest < 0) {
        earliest = deadline;
      }
    }
    return earliest;
  }

  private boolean hasEnded() {
    lock.lock();
    try {
      thread = null;
      if (calls.isEmpty() && idle.isEmpty()) {
        return true;
      }
      thread = Thread.currentThread();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
