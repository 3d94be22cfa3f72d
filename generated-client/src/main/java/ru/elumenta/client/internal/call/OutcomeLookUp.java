package ru.elumenta.client.internal.call;

import feign.TypedResponse;
import java.util.Optional;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;

/** Finds out what became of a request whose answer got lost. */
public interface OutcomeLookUp {
  /**
   * Takes note of a call before it is sent.
   *
   * @param operation its operationId
   * @return the call, empty if calls of this operation cannot be looked up
   */
  Optional<Tracked> track(String operation, Object[] arguments);

  /** One call, from before it is sent until it has ended. Used by one thread. */
  interface Tracked extends AutoCloseable {
    /** Returns the slug of the model that the call asks; empty if it names none. */
    Optional<String> model();

    /** Takes note of what the service answered, so that no other call takes it for its own. */
    void answered(Object result);

    /**
     * Looks for what the call may have made.
     *
     * @param deadline the end of the call, look-up included
     */
    Finding find(Deadline deadline);

    /** Takes note that the call, which was not found, is sent again. */
    void sentAgain();

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
   * @param failure names the generation
   */
  record Ran(ElumentaException failure) implements Finding {}

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
