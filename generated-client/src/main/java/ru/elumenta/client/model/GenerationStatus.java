package ru.elumenta.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;

/**
 * The state of a generation. An open value: a status that the contract does not know keeps its
 * text; whether such a generation is over is told by {@link GenerationView#isFinished()}. Two are
 * equal if their texts are, without regard to case and to blanks around them.
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
  public GenerationStatus {
    Objects.requireNonNull(value, "value");
  }

  /** A blank says nothing. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static GenerationStatus fromWire(String value) {
    return value == null || value.isBlank() ? null : new GenerationStatus(value);
  }

  /** Returns whether it is one of the two known ends: completed or failed. */
  public boolean isFinished() {
    return equals(COMPLETED) || equals(FAILED);
  }

  /** Returns whether it is one that the contract knows. */
  public boolean isKnown() {
    return isFinished() || equals(PENDING);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GenerationStatus status
        && (value.equals(status.value) || folded().equals(status.folded()));
  }

  @Override
  public int hashCode() {
    return folded().hashCode();
  }

  private String folded() {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return value;
  }
}
