package ru.elumenta.client.internal.stream;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ru.elumenta.client.model.GenerationEvent;

/** The documented types of events (page: generate/stream). */
public enum EventType {
  /** The first one; names generation and model. */
  GENERATION_START("generation_start"),
  /** The next piece of the text. */
  CONTENT_DELTA("content_delta"),
  /** The last one; says what it cost. */
  GENERATION_END("generation_end"),
  /** Something went wrong. */
  ERROR("error");

  /** Asked for each piece of a text: nothing is made or hashed for the answer. */
  private static final List<Optional<EventType>> ALL =
      Stream.of(values()).map(Optional::of).toList();

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** Returns the type of an event; empty if it is not documented. */
  public static Optional<EventType> of(GenerationEvent event) {
    String text = event.getType();
    for (int i = 0; i < ALL.size(); i++) {
      Optional<EventType> type = ALL.get(i);
      if (type.get().text.equals(text)) {
        return type;
      }
    }
    return Optional.empty();
  }

  GenerationEvent event() {
    return new GenerationEvent().type(text);
  }
}
