package ru.elumenta.client.internal.stream;

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

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** Returns the type of an event; empty if it is not documented. */
  public static Optional<EventType> of(GenerationEvent event) {
    return Stream.of(values()).filter(type -> type.text.equals(event.getType())).findFirst();
  }

  GenerationEvent event() {
    return new GenerationEvent().type(text);
  }
}
