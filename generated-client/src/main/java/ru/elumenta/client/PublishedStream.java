package ru.elumenta.client;

import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.internal.stream.EventSource;

/** A stream whose reader is whoever publishes it. */
record PublishedStream(GenerationStream stream) implements EventSource<StreamEvent> {
  @Override
  public @Nullable StreamEvent next() {
    Iterator<StreamEvent> events = stream.iterator();
    return events.hasNext() ? events.next() : null;
  }

  @Override
  public boolean isAtEnd() {
    return stream.isAtEnd();
  }

  @Override
  public Duration left() {
    return stream.left();
  }

  @Override
  public void endAtLimit() {
    stream.endAtLimit();
  }

  @Override
  public void endByClosing() {
    stream.endByClosing();
  }

  @Override
  public void close() {
    stream.close();
  }
}
