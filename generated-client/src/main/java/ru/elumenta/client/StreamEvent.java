package ru.elumenta.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.model.GenerationId;

/**
 * An event of a {@link GenerationStream}, whichever of the two documented dialects it came in
 * (pages: generate/stream, guides/streaming). An {@code error} event is none of these: it becomes a
 * {@link StreamErrorException}. Immutable.
 */
public sealed interface StreamEvent {
  /**
   * The service began: {@code generation_start}.
   *
   * @param id the generation, if named
   * @param model the slug of the model, if named
   * @param additionalProperties members that are not documented, as they came
   */
  record Started(
      Optional<GenerationId> id,
      Optional<String> model,
      Map<String, @Nullable Object> additionalProperties)
      implements StreamEvent {
    /** Creates the event. */
    public Started {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(model, "model");
      additionalProperties = unmodifiable(additionalProperties);
    }

    /** Creates the event without further members. */
    public Started(Optional<GenerationId> id, Optional<String> model) {
      this(id, model, Map.of());
    }
  }

  /**
   * The next piece of the text: {@code content_delta}.
   *
   * @param text perhaps empty, never null
   * @param additionalProperties members that are not documented, as they came
   */
  record Delta(String text, Map<String, @Nullable Object> additionalProperties)
      implements StreamEvent {
    /** Creates the event. */
    public Delta {
      Objects.requireNonNull(text, "text");
      additionalProperties = unmodifiable(additionalProperties);
    }

    /** Creates the event without further members. */
    public Delta(String text) {
      this(text, Map.of());
    }
  }

  /**
   * The text is complete: {@code generation_end}. The last event of a stream.
   *
   * @param id the generation, if named
   * @param tokensCharged what it cost, in Elumenta tokens, if stated
   * @param balanceRemaining the balance after it, if stated; the first dialect does not
   * @param additionalProperties members that are not documented, as they came
   */
  record Finished(
      Optional<GenerationId> id,
      OptionalLong tokensCharged,
      OptionalLong balanceRemaining,
      Map<String, @Nullable Object> additionalProperties)
      implements StreamEvent {
    /** Creates the event. */
    public Finished {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(tokensCharged, "tokensCharged");
      Objects.requireNonNull(balanceRemaining, "balanceRemaining");
      additionalProperties = unmodifiable(additionalProperties);
    }

    /** Creates the event without further members. */
    public Finished(
        Optional<GenerationId> id, OptionalLong tokensCharged, OptionalLong balanceRemaining) {
      this(id, tokensCharged, balanceRemaining, Map.of());
    }
  }

  /**
   * An event that is not documented.
   *
   * @param type its type, empty if it names none
   * @param members all its members, the type included
   */
  record Unknown(String type, Map<String, @Nullable Object> members) implements StreamEvent {
    /** Creates the event. */
    public Unknown {
      Objects.requireNonNull(type, "type");
      members = unmodifiable(members);
    }
  }

  private static Map<String, @Nullable Object> unmodifiable(Map<String, @Nullable Object> members) {
    return members.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(members)); // values may be null
  }
}
