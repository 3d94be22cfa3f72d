package ru.elumenta.client.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.journal.JournalRecord.Claimed;
import ru.elumenta.client.journal.JournalRecord.Opened;
import ru.elumenta.client.journal.JournalState.Claim;
import ru.elumenta.error.Execution;

/**
 * A journal in a file, for any number of threads and processes of one machine.
 *
 * <p>{@code open} and {@code claim} return when the disk has what they wrote; threads that call at
 * once share the way there. {@code close} returns when the operating system has it, which a killed
 * process cannot undo: after a power failure a call may be listed that had ended a moment before.
 *
 * <p>The file can be read and written by its owner only: mode 600 where the file system has POSIX
 * permissions, otherwise (Windows) an access control list that names the owner alone. Beside it
 * lies {@code .lock}, through which processes take turns and see which of them live; it must stay
 * as long as any of them runs. Folders that are missing are created. A file that has grown is
 * replaced by one with what still matters: all open calls, and the claims of the last day, or since
 * a day before the oldest open call; 20,000 at the most.
 *
 * <p>A line torn by the end of a process or a machine is cut off: nothing had been sent for it. A
 * file that is damaged elsewhere, or was written by a later version, is not touched. A network file
 * system is safe only if its locks and renames are. Two copies of this client in one JVM (class
 * loaders) cannot share a file.
 *
 * <p>Thread-safe. Closing it, once the clients that use it are closed, lets go of the file.
 */
public final class FileCallJournal implements CallJournal, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LEAST_TO_REPLACE = 1 << 20;

  private final Path file;
  private final long leastToReplace;
  private @Nullable JournalFile shared; // guarded by this; null until it is needed
  private boolean isClosed; // guarded by this

  private FileCallJournal(Path file, long leastToReplace) {
    this.file = Objects.requireNonNull(file, "file").toAbsolutePath().normalize();
    this.leastToReplace = leastToReplace;
  }

  /**
   * Returns the journal in a file. Touches nothing: what is wrong with the file is said by the
   * first method that needs it, and need not stay so.
   *
   * @param file where; it need not exist
   */
  public static FileCallJournal at(Path file) {
    return new FileCallJournal(file, LEAST_TO_REPLACE);
  }

  static FileCallJournal at(Path file, long leastToReplace) {
    return new FileCallJournal(file, leastToReplace);
  }

  @Override
  public void open(OpenCall call, Duration patience) {
    Objects.requireNonNull(call, "call");
    JournalFile journal = shared(Execution.NOT_EXECUTED);
    JournalRequest<@Nullable Void> request =
        new JournalRequest<>(
            true,
            (state, records) -> {
              records.add(new Opened(call, journal.owner()));
              return null;
            });
    try {
      await(journal, request, patience, Execution.NOT_EXECUTED);
    } catch (JournalException e) {
      if (call.attempts() == 1) {
        forget(journal, call); // it may have been written, and is not going to be sent
      }
      throw e;
    }
  }

  private static void forget(JournalFile journal, OpenCall call) {
    try {
      journal.submit(end(call.id(), CallOutcome.notExecuted()));
    } catch (RejectedExecutionException e) {
      // It was closed; if the call was written, it is listed as abandoned.
    }
  }

  private static JournalRequest<@Nullable Void> end(String callId, CallOutcome outcome) {
    return new JournalRequest<>(
        false,
        (state, records) -> {
          records.addAll(state.end(callId, outcome, Instant.now()));
          return null;
        });
  }

  @Override
  public void close(String callId, CallOutcome outcome) {
    Objects.requireNonNull(callId, "callId");
    Objects.requireNonNull(outcome, "outcome");
    Execution execution =
        outcome instanceof CallOutcome.Answered ? Execution.EXECUTED : Execution.UNKNOWN;
    await(shared(execution), end(callId, outcome), PATIENCE, execution);
  }

  @Override
  public List<OpenCall> openCalls() {
    JournalFile journal = shared(Execution.NOT_EXECUTED);
    return read((state, records) -> state.openCalls(journal::isAlive));
  }

  @Override
  public boolean claim(String generationId, OpenCall call, Duration patience) {
    Objects.requireNonNull(generationId, "generationId");
    Objects.requireNonNull(call, "call");
    JournalRequest<Boolean> request =
        new JournalRequest<>(
            true,
            (state, records) -> {
              Claim claim = state.claim(generationId, call);
              if (claim == Claim.FREE) {
                records.add(new Claimed(generationId, call.id(), Instant.now()));
              }
              return claim != Claim.TAKEN;
            });
    return await(shared(Execution.UNKNOWN), request, patience, Execution.UNKNOWN);
  }

  @Override
  public Map<String, String> claims(Set<String> generationIds) {
    Set<String> asked = Set.copyOf(generationIds);
    return read((state, records) -> state.claims(asked));
  }

  private <T> T read(JournalRequest.Decision<T> decision) {
    return await(
        shared(Execution.NOT_EXECUTED),
        new JournalRequest<>(false, decision),
        PATIENCE,
        Execution.NOT_EXECUTED);
  }

  private synchronized JournalFile shared(Execution execution) {
    if (isClosed) {
      throw closed(execution);
    }
    if (shared == null) {
      try {
        shared = JournalFile.of(file, leastToReplace);
      } catch (IOException e) {
        throw JournalProblem.exception(file, e, execution);
      }
    }
    return shared;
  }

  private JournalException closed(Execution execution) {
    return new JournalException(
        "The call journal %s was closed".formatted(file),
        "Close it after the clients that use it.",
        execution,
        null);
  }

  private <T extends @Nullable Object> T await(
      JournalFile journal, JournalRequest<T> request, Duration patience, Execution execution) {
    try {
      journal.submit(request);
      long longest = TimeUnit.NANOSECONDS.convert(patience); // which may be longer than that
      return request.done().get(longest, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw closed(execution);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw JournalProblem.exception(file, failure, execution);
      }
      throw new IllegalStateException("The call journal has a fault.", e.getCause());
    } catch (TimeoutException e) {
      request.withdraw();
      throw new JournalException(
          "The call journal %s could not be reached for %.1f s: another process holds it, or the disk is slow"
              .formatted(file, patience.toMillis() / 1000.0),
          "Find out which process holds it.",
          execution,
          null);
    } catch (InterruptedException e) {
      request.withdraw();
      Thread.currentThread().interrupt();
      throw new JournalException(
          "Waiting for the call journal %s was interrupted".formatted(file),
          "It is safe to try again.",
          execution,
          e);
    }
  }

  /** Lets go of the file; calls that are still open stay listed, as abandoned. */
  @Override
  public void close() {
    JournalFile journal;
    synchronized (this) {
      isClosed = true;
      journal = shared;
      shared = null;
    }
    if (journal != null) {
      journal.release();
    }
  }

  /** Shows the path. */
  @Override
  public String toString() {
    return "CallJournal[" + file + "]";
  }
}
