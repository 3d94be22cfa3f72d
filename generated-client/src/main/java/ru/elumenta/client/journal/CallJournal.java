package ru.elumenta.client.journal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where paid requests are written down before they leave, until their outcome is known; and who got
 * which generation.
 *
 * <p>The service has no idempotency key (page: error-handling names none), so whoever loses an
 * answer can only look for what it may have been. A journal keeps what that takes, for one process,
 * for all processes of a machine ({@link FileCallJournal}), or, with an implementation over a
 * shared store, for a fleet. An implementation guarantees:
 *
 * <ul>
 *   <li>once {@link #open} or {@link #claim} has returned, what it wrote survives the end of the
 *       process and, if the journal is meant to, of the machine; what {@link #close} wrote survives
 *       the end of the process;
 *   <li>{@code openCalls} and {@code claims} show everything that any user of the journal had
 *       written when they were asked;
 *   <li>of several that claim one generation, one gets it: a compare-and-set, decided where the
 *       claims are kept. No lock outlives a method, and none is needed between two;
 *   <li>that calls are sorted into those of the living and of the dead, so that nobody looks for
 *       what somebody else still waits for: by a lease, a heartbeat, or what an operating system
 *       knows of its processes;
 *   <li>failures are {@link JournalException}s, and an interrupt ends a wait with one, the flag
 *       kept.
 * </ul>
 *
 * <p>Every method may block. Whoever looks for a lost call reads the history first, then {@code
 * openCalls} and {@code claims}, and claims last: then no call that could contest a row is missed.
 * Thread-safe.
 */
public interface CallJournal {
  /**
   * Returns an empty journal in the memory of this process: the default. It keeps every call that
   * is under way, and of what is behind it the newest: 10,000 lost calls and 10,000 claims. Never
   * blocks for longer than a look-up in a map, and never throws.
   */
  static CallJournal inMemory() {
    return new InMemoryCallJournal();
  }

  /**
   * Writes down a call that is about to be sent, for the first time or once more; what was written
   * for the same id is replaced. If it throws, nothing may be sent.
   *
   * @param patience how long to wait at the most
   * @throws JournalException if it could not be written
   */
  void open(OpenCall call, Duration patience);

  /**
   * Writes down how a call ended. Whoever it belongs to has a result or a failure by then, which a
   * failure of this method must not take the place of. What is not open is left alone, so that it
   * may be closed twice.
   *
   * @throws JournalException if it could not be written: the call stays listed as open
   */
  void close(String callId, CallOutcome outcome);

  /**
   * Returns the calls without a known outcome, the oldest first: of this process and of all others
   * that use the journal, living or dead.
   *
   * @throws JournalException if they cannot be read
   */
  List<OpenCall> openCalls();

  /**
   * Claims a generation for a call, unless another has it. Claiming it again is no change.
   *
   * <p>Claims need not be kept for ever. One that no open call could contest any more may be
   * forgotten; if others have to be as well, claims of calls that began before the last of them are
   * refused from then on.
   *
   * @param patience how long to wait at the most
   * @return whether the call has it now; false if another has it, or may have had it
   * @throws JournalException if it could not be written: the call may or may not have it
   */
  boolean claim(String generationId, OpenCall call, Duration patience);

  /**
   * Returns which of these generations are claimed, and by the calls of which ids.
   *
   * @throws JournalException if they cannot be read
   */
  Map<String, String> claims(Set<String> generationIds);
}
