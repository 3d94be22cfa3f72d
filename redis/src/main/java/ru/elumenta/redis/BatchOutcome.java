package ru.elumenta.redis;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of an item of a {@link RedisBatch}. Immutable.
 *
 * @param id of the item
 * @param status what became of it
 * @param generation its id, if it has one
 * @param tokens what the service stated that it cost; empty if it said nothing
 * @param counted what the batch counts for it: that, else its price, 0 if that was not asked for
 * @param text the text that was made
 * @param fileUrl where the file is that was made; how long it is kept there depends on the plan
 * @param reason why there is no result: a word of the documentation, or one of the client's
 * @param message the same as a sentence for people
 */
public record BatchOutcome(
    String id,
    Status status,
    Optional<String> generation,
    OptionalLong tokens,
    long counted,
    Optional<String> text,
    Optional<String> fileUrl,
    Optional<String> reason,
    Optional<String> message) {
  /** What becomes of items. */
  public enum Status {
    /** There is a result. */
    COMPLETED,
    /** There is none, and there will be none. */
    FAILED,
    /** It may have been paid for, and what it made was not found so far. It is not sent again. */
    OPEN
  }

  /** Checks the members. */
  public BatchOutcome {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(generation, "generation");
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(fileUrl, "fileUrl");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(message, "message");
  }

  static BatchOutcome open(String id, long price) {
    return new BatchOutcome(
        id,
        Status.OPEN,
        Optional.empty(),
        OptionalLong.empty(),
        Math.max(0, price),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Shows no text that was made. */
  @Override
  public String toString() {
    return "BatchOutcome[%s %s%s]".formatted(id, status, reason.map(word -> " " + word).orElse(""));
  }
}
