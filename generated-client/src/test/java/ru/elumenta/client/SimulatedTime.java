package ru.elumenta.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import ru.elumenta.client.options.TimeSource;

/**
 * Time for many threads at once. It stands still while any of them is awake, and jumps to where the
 * first one wants to wake up as soon as all of them sleep; so hours pass in no time, and nobody is
 * late.
 */
final class SimulatedTime implements TimeSource {
  private final ReentrantLock lock = new ReentrantLock();
  private final TreeMap<Long, List<Condition>> sleepers =
      new TreeMap<>(); // guarded by lock, as all
  private long now;
  private int awake;

  @Override
  public Instant now() {
    return FakeTime.START.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long until = now + duration.toNanos();
      Condition wakeUp = lock.newCondition();
      sleepers.computeIfAbsent(until, any -> new ArrayList<>()).add(wakeUp);
      fallAsleep();
      try {
        while (now < until) {
          wakeUp.await();
        }
      } catch (InterruptedException e) {
        if (now < until) {
          sleepers.get(until).remove(wakeUp);
          awake++;
        }
        throw e;
      }
    } finally {
      lock.unlock();
    }
  }

  private void fallAsleep() {
    awake--;
    while (awake == 0 && !sleepers.isEmpty()) {
      now = sleepers.firstKey();
      List<Condition> first = sleepers.remove(now);
      awake = first.size();
      first.forEach(Condition::signal);
    }
  }

  /**
   * Runs all of them, each on its own thread and all from the same moment; returns at the end, and
   * throws what one of them threw.
   */
  void run(List<? extends Runnable> actions) throws InterruptedException {
    List<FutureTask<Void>> tasks = new ArrayList<>();
    lock.lock();
    try {
      awake += actions.size();
    } finally {
      lock.unlock();
    }
    for (Runnable action : actions) {
      FutureTask<Void> task = new FutureTask<>(() -> takingPart(action), null);
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

  private void takingPart(Runnable action) {
    try {
      action.run();
    } finally {
      lock.lock();
      try {
        fallAsleep(); // for good
      } finally {
        lock.unlock();
      }
    }
  }
}
