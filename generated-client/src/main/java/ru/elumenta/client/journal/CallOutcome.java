package ru.elumenta.client.journal;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a call ended, as {@link CallJournal#close} is told. Immutable. */
public sealed interface CallOutcome {
  /**
   * The service answered for the work, well or badly: nothing is open any more.
   *
   * @param generationId the generation, which belongs to the call from now on whoever claimed it
   *     before; empty if the answer had none and needs none
   */
  record Answered(Optional<String> generationId) implements CallOutcome {
    /** Checks the members. */
    public Answered {
      Objects.requireNonNull(generationId, "generationId");
    }
  }

  /** Provably nothing was executed, by none of its attempts: nothing is open any more. */
  record NotExecuted() implements CallOutcome {}

  /**
   * Nobody waits for it any more, and it may have been executed: it stays open.
   *
   * @param at when it was given up, by the clock of this machine
   */
  record Unknown(Instant at) implements CallOutcome {
    /** Checks the members. */
    public Unknown {
      Objects.requireNonNull(at, "at");
    }
  }

  /**
   * Returns the outcome of a call that the service answered.
   *
   * @param generationId the generation, or null for none
   */
  static CallOutcome answered(@Nullable String generationId) {
    return new Answered(Optional.ofNullable(generationId));
  }

  /** Returns the outcome of a call that was refused, or of which nothing left this machine. */
  static CallOutcome notExecuted() {
    return new NotExecuted();
  }

  /** Returns the outcome of a call that is given up without one. */
  static CallOutcome unknown(Instant at) {
    return new Unknown(at);
  }
}
