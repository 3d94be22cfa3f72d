package ru.elumenta.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Objects;

/**
 * The state of a generation. An open value: a status that the contract does not know keeps its text
 * and counts as unfinished.
 *
 * @param value the status as the service spells it
 */
public record GenerationStatus(@JsonValue String value) implements Serializable {
  /** In progress: poll again. */
  public static final GenerationStatus PENDING = new GenerationStatus("pending");

  /** Finished: the result is there. */
  public static final GenerationStatus COMPLETED = new GenerationStatus("completed");

  /** Finished without a result: {@code error} says why. */
  public static final GenerationStatus FAILED = new GenerationStatus("failed");

  /** Creates a status from its text. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GenerationStatus {
    Objects.requireNonNull(value, "value");
  }

  /** Returns whether the generation is over, one way or the other. */
  public boolean isFinished() {
    return equals(COMPLETED) || equals(FAILED);
  }

  /** Returns whether it is one that the contract knows. */
  public boolean isKnown() {
    return isFinished() || equals(PENDING);
  }

  @Override
  public String toString() {
    return value;
  }
}
