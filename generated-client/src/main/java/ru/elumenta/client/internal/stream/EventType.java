package ru.elumenta.client.internal.stream;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

  /** Asked two times for each piece of a text: nothing is made for the answer. */
  private static final Map<String, Optional<EventType>> BY_TEXT =
      Stream.of(values()).collect(Collectors.toMap(type -> type.text, Optional::of));

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** Returns the type of an event; empty if it is not documented. */
  public static Optional<EventType> of(GenerationEvent event) {
    return BY_TEXT.getOrDefault(event.getType(), Optional.empty());
  }

  GenerationEvent event() {
    return new GenerationEvent().type(text);
  }
}
