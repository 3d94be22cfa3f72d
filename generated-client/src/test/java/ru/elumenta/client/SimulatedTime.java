package ru.elumenta.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Time for many threads at once. It stands still while any of them is awake, and jumps to where the
 * first one wants to wake up as soon as all of them sleep; so hours pass in no time, and nobody is
 * late.
 */
final class SimulatedTime implements TimeSource {
  private final TreeMap<Long, Integer> sleepers = new TreeMap<>();
  private long now;
  private int awake;

  @Override
  public synchronized Instant now() {
    return FakeTime.START.plusNanos(now);
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) throws InterruptedException {
    long until = now + duration.toNanos();
    sleepers.merge(until, 1, Integer::sum);
    fallAsleep();
    try {
      while (now < until) {
        wait();
      }
    } catch (InterruptedException e) {
      if (now < until) {
        sleepers.merge(until, -1, Integer::sum);
        awake++;
      }
      throw e;
    }
  }

  private void fallAsleep() {
    awake--;
    while (awake == 0 && !sleepers.isEmpty()) {
      now = sleepers.firstKey();
      awake = sleepers.remove(now);
      notifyAll();
    }
  }

  /**
   * Runs all of them, each on its own thread and all from the same moment; returns at the end, and
   * throws what one of them threw.
   */
  void run(List<? extends Runnable> actions) throws InterruptedException {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    synchronized (this) {
      awake += actions.size();
    }
    for (Runnable action : actions) {
      FutureTask<Void> task =
          new FutureTask<>(
              () -> {
                try {
                  action.run();
                } finally {
                  leave();
                }
              },
              null);
      tasks.add(task);
      new Thread(task).start();
    }
    for (FutureTask<Void> task : tasks) {
      try {
        task.get();
      } catch (ExecutionException e) {
        throw new AssertionError(e.getCause());
      }
    }
  }

  private synchronized void leave() {
    fallAsleep();
  }
}
