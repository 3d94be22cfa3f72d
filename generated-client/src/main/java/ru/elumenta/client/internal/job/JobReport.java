package ru.elumenta.client.internal.job;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.JobEnd;
import ru.elumenta.client.event.JobEnd.Outcome;
import ru.elumenta.client.event.JobInfo;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.error.CallInterruptedException;

/**
 * Tells the listeners about one wait: once of its beginning, if there is anything to wait for, and
 * then once of its end, whoever brings it about. Thread-safe.
 */
final class JobReport {
  private final Listeners listeners;
  private final AtomicReference<JobInfo> job = new AtomicReference<>(); // null until it begins
  private final AtomicBoolean hasEnded = new AtomicBoolean();

  JobReport(Listeners listeners) {
    this.listeners = listeners;
  }

  void started(JobState state) {
    if (!listeners.isEmpty() && job.get() == null) {
      JobInfo info = new JobInfo(state.idToPoll(), Optional.ofNullable(state.model()));
      job.set(info);
      listeners.tell(told -> told.jobStarted(info));
    }
  }

  void pollStarted() {
    JobInfo info = job.get();
    if (info != null) {
      listeners.tell(told -> told.pollStarted(info));
    }
  }

  void pollEnded(Optional<JobProgress> progress) {
    JobInfo info = job.get();
    if (info != null) {
      listeners.tell(told -> told.pollEnded(info, progress));
    }
  }

  /** Tells the end, the first time; a failure of null is a result. */
  void ended(Duration took, int polls, Throwable failure) {
    JobInfo info = job.get();
    if (info != null && hasEnded.compareAndSet(false, true)) {
      JobEnd end = new JobEnd(took, polls, outcome(failure), Optional.ofNullable(failure));
      listeners.tell(told -> told.jobEnded(info, end));
    }
  }

  private static Outcome outcome(Throwable failure) {
    if (failure == null) {
      return Outcome.COMPLETED;
    }
    if (failure instanceof GenerationFailedException) {
      return Outcome.GENERATION_FAILED;
    }
    if (failure instanceof WaitTimeoutException) {
      return Outcome.STILL_RUNNING;
    }
    boolean isCancelled =
        failure instanceof CallInterruptedException || failure instanceof CancellationException;
    return isCancelled ? Outcome.CANCELLED : Outcome.FAILED;
  }
}
