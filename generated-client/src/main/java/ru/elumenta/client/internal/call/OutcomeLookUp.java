package ru.elumenta.client.internal.call;

import feign.TypedResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Finds out what became of a request whose answer got lost. */
public interface OutcomeLookUp {
  /**
   * Takes note of a call before it is sent.
   *
   * @param operation its operationId
   * @param terms say where it is written down
   * @return the call, empty if calls of this operation cannot be looked up
   */
  Optional<Tracked> track(String operation, Object[] arguments, CallTerms terms);

  /** One call, from before it is sent until it has ended. Used by one thread. */
  interface Tracked extends AutoCloseable {
    /** Returns the slug of the model that the call asks; empty if it names none. */
    Optional<String> model();

    /**
     * Writes the call down: it is about to be sent, for the first time or again.
     *
     * @param patience how long to wait for that at the most
     * @throws ElumentaException if it could not be written; then nothing may be sent
     */
    void sending(Duration patience);

    /** Takes note of what the service answered, so that no other call takes it for its own. */
    void answered(Object result);

    /** Takes note of how a call without a result ended. */
    void ended(Execution execution);

    /** Returns what is known of the call; empty if it was not sent. */
    Optional<OpenCall> openCall();

    /**
     * Looks for what the call may have made.
     *
     * @param deadline the end of the call, look-up included
     * @param provesAbsence whether to end after a minute if nothing is shown that could be it, and
     *     not only at the deadline
     */
    Finding find(Deadline deadline, boolean provesAbsence);

    @Override
    void close();
  }

  /** What a look-up found. */
  sealed interface Finding {}

  /**
   * It ran, and this is it.
   *
   * @param id the generation
   * @param response the answer that got lost, as a typed response
   */
  record Found(GenerationId id, TypedResponse<?> response) implements Finding {}

  /**
   * It ran, but its result could not be read.
   *
   * @param id the generation
   * @param failure names it too
   */
  record Ran(GenerationId id, ElumentaException failure) implements Finding {}

  /**
   * There are generations that may be it.
   *
   * @param ids those that have one
   */
  record Perhaps(List<GenerationId> ids) implements Finding {}

  /** Nothing is shown that could be it, which does not prove that it did not run. */
  record NotThere() implements Finding {}

  /**
   * It cannot be told.
   *
   * @param because why not, in a sentence
   * @param failure the failure of the look-up itself, or null
   */
  record Unclear(String because, RuntimeException failure) implements Finding {}
}
