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
   */
  record Started(Optional<GenerationId> id, Optional<String> model) implements StreamEvent {
    /** Creates the event. */
    public Started {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(model, "model");
    }
  }

  /**
   * The next piece of the text: {@code content_delta}.
   *
   * @param text perhaps empty, never null
   */
  record Delta(String text) implements StreamEvent {
    /** Creates the event. */
    public Delta {
      Objects.requireNonNull(text, "text");
    }
  }

  /**
   * The text is complete: {@code generation_end}. The last event of a stream.
   *
   * @param id the generation, if named
   * @param tokensCharged what it cost, in Elumenta tokens, if stated
   * @param balanceRemaining the balance after it, if stated; the first dialect does not
   */
  record Finished(
      Optional<GenerationId> id, OptionalLong tokensCharged, OptionalLong balanceRemaining)
      implements StreamEvent {
    /** Creates the event. */
    public Finished {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(tokensCharged, "tokensCharged");
      Objects.requireNonNull(balanceRemaining, "balanceRemaining");
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
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }
  }
}
