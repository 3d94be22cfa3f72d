package ru.elumenta.client.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/**
 * Why an item has no result. Immutable.
 *
 * @param reason a word of the documentation, or one of this class
 * @param message a sentence for people
 * @param charged what it cost; empty if nobody said
 * @param generation its id, if there is one
 */
record ItemFailure(
    String reason, String message, OptionalLong charged, Optional<String> generation) {
  private static final String FETCHED_ONLY = "download_failed";

  /** A failure before anything was sent. */
  static ItemFailure free(String reason, String message) {
    return new ItemFailure(reason, message, OptionalLong.of(0), Optional.empty());
  }

  /** A generation that is there, and a file that is not. */
  static ItemFailure notFetched(ElumentaException e, Generation generation, Optional<String> id) {
    return new ItemFailure(FETCHED_ONLY, e.getMessage(), generation.tokensCharged(), id);
  }

  /** A generation that cannot be asked after any more. */
  static ItemFailure unclear(ElumentaException e, Optional<String> id) {
    return new ItemFailure(reason(e), e.getMessage(), OptionalLong.empty(), id);
  }

  /** The service's answer, or what came in its place. */
  static ItemFailure of(ElumentaException e, Optional<String> generation) {
    return new ItemFailure(reason(e), e.getMessage(), charged(e), generation);
  }

  private static String reason(ElumentaException e) {
    if (e instanceof MaxCostExceededException) {
      return "too_expensive";
    }
    return e instanceof GenerationFailedException failed
        ? failed.reason().name().toLowerCase(Locale.ROOT)
        : e.context().rawCode().orElse(e.getClass().getSimpleName());
  }

  /** Failed generations are documented as free, and show so. */
  private static OptionalLong charged(ElumentaException e) {
    if (e.execution() == Execution.NOT_EXECUTED) {
      return OptionalLong.of(0);
    }
    if (e instanceof GenerationFailedException failed) {
      OptionalLong said = failed.generation().tokensCharged();
      return said.isPresent() ? said : OptionalLong.of(0);
    }
    return OptionalLong.empty();
  }

  /** What is counted for it: its price, if nobody said what it cost. */
  long counted(long price) {
    return charged.orElse(Math.max(0, price));
  }

  ObjectNode json(Item item, long price) {
    ObjectNode json = ResultLines.begin(item).put("reason", reason).put("message", message);
    charged.ifPresentOrElse(tokens -> json.put("charged", tokens), () -> json.putNull("charged"));
    json.put("counted", counted(price));
    generation.ifPresent(id -> json.put("generation", id));
    return json;
  }

  /** Whether a line of {@code failures.jsonl} is of a generation that is there. */
  static boolean isOnlyToBeFetched(JsonNode failure) {
    return failure.path("reason").asText().equals(FETCHED_ONLY) && failure.has("generation");
  }

  static boolean isFree(JsonNode failure) {
    return failure.path("charged").isNumber() && failure.path("charged").asLong() == 0;
  }

  static long counted(JsonNode failure) {
    return failure.path("counted").asLong();
  }
}
