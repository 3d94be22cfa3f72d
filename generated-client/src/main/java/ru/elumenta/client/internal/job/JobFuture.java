package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import ru.elumenta.client.model.Generation;

/**
 * One wait that holds no thread between its polls. Its steps come one after the other; its limit
 * and whoever completes it from outside may come at any moment.
 *
 * <p>It stops what it has under way before it is completed, because what the application hangs on
 * it runs as part of that and may take its time.
 */
final class JobFuture extends CompletableFuture<Generation> {
  private static final int OWN_DEPENDENTS = 1;

  /** When to try again if no thread is to be had. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final JobWait wait;
  private final JobTimer timer;
  private final AtomicBoolean isStopped = new AtomicBoolean();
  private volatile Future<?> alarm;
  private volatile Future<?> step;

  JobFuture(JobWait wait, JobTimer timer) {
    this.wait = wait;
    this.timer = timer;
    whenComplete((generation, failure) -> forgotten(failure)); // in whatever way it was completed
  }

  boolean isOf(JobTimer someone) {
    return timer == someone;
  }

  void begin() {
    try {
      if (timer.hasAlarm()) {
        setAlarm();
      }
      next();
    } catch (RejectedExecutionException e) {
      endedByClosing();
    }
  }

  private void setAlarm() {
    alarm = timer.after(wait.left(), this::limitReached, this::disturbed);
    if (isStopped.get()) { // meanwhile
      alarm.cancel(false);
    }
  }

  /** On the timer's thread. */
  private void limitReached() {
    try {
      if (wait.left().isNegative() || wait.left().isZero()) {
        timer.run(this::endAtLimit);
      } else {
        setAlarm(); // it turned out to be a video
      }
    } catch (RejectedExecutionException e) {
      // Closed, and told so.
    } catch (OutOfMemoryError noThread) {
      alarm = timer.after(AGAIN, this::limitReached, this::disturbed);
    }
  }

  private void endAtLimit() {
    inContext(() -> end(null, wait.stillRunning()));
  }

  /** What the application hung on the future runs there too. */
  private void inContext(Runnable work) {
    wait.inContext(
        () -> {
          work.run();
          return null;
        });
  }

  private void next() {
    try {
      Optional<Duration> delay = wait.untilNextPoll();
      if (delay.isEmpty()) {
        end(wait.result(), null);
        return;
      }
      keep(timer.after(delay.get(), this::startPoll, this::disturbed));
    } catch (RejectedExecutionException e) {
      endedByClosing();
    } catch (Throwable e) {
      end(null, e);
    }
  }

  private void startPoll() {
    try {
      timer.poll(this::polled);
    } catch (RejectedExecutionException e) {
      // Closed: that ends it too, and not on the timer's thread.
    } catch (OutOfMemoryError noThread) {
      keep(timer.after(AGAIN, this::startPoll, this::disturbed));
    }
  }

  /** Polls; returns what to do then as no poll any longer, or null if that is done. */
  private Runnable polled() {
    return wait.inContext(this::polledInContext);
  }

  private Runnable polledInContext() {
    FutureTask<Void> poll = new FutureTask<>(wait::poll, null);
    keep(poll);
    poll.run();
    if (poll.isCancelled()) {
      Thread.interrupted(); // it was meant for the poll, not for what the thread does next
      return null; // whoever stopped it completes this
    }
    if (isApplicationNext()) {
      return () -> inContext(() -> after(poll));
    }
    after(poll);
    return null;
  }

  /** Whether what follows the poll may run the application's code, and so may take its time. */
  private boolean isApplicationNext() {
    return wait.isProgressTold() || getNumberOfDependents() > OWN_DEPENDENTS;
  }

  private void after(FutureTask<Void> poll) {
    try {
      poll.get();
      wait.tellProgress();
    } catch (CancellationException e) {
      return; // whoever stopped it completes this
    } catch (ExecutionException e) {
      failed(e.getCause());
      return;
    } catch (Throwable e) { // of the application's, which never learns of it in another way
      end(null, e);
      return;
    }
    if (!isDone()) {
      next();
    }
  }

  /** The time source did not let it sleep until the next poll. */
  private void disturbed(Throwable e) {
    failed(e instanceof InterruptedException ? wait.interrupted("between two polls") : e);
  }

  private void failed(Throwable e) {
    end(null, timer.isClosed() ? wait.interrupted(JobTimer.CLOSED) : e);
  }

  private void keep(Future<?> next) {
    step = next;
    if (isStopped.get()) { // meanwhile
      next.cancel(true);
    }
  }

  void endedByClosing() {
    end(null, wait.interrupted(JobTimer.CLOSED));
  }

  private void end(Generation generation, Throwable failure) {
    stop();
    wait.ended(failure);
    if (failure == null) {
      super.complete(generation);
    } else {
      super.completeExceptionally(failure);
    }
  }

  /** Ends what is under way. */
  void stop() {
    if (!isStopped.compareAndSet(false, true)) {
      return;
    }
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (step != null) {
      step.cancel(true);
    }
  }

  /**
   * The end that a stage of the future's own gave it, such as a time-out, is known only by now; any
   * other was told before what the application hung on it ran.
   */
  private void forgotten(Throwable failure) {
    stop();
    wait.ended(failure);
    timer.forget(this);
  }

  private void endedFromOutside(Throwable failure) {
    stop();
    if (!isDone()) {
      wait.ended(failure);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    endedFromOutside(new CancellationException());
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public boolean complete(Generation value) {
    endedFromOutside(null);
    return super.complete(value);
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    endedFromOutside(failure);
    return super.completeExceptionally(failure);
  }
}
