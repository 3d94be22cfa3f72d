package ru.elumenta.client.internal.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import ru.elumenta.client.error.StreamErrorException;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.client.event.StreamEnd.Outcome;
import ru.elumenta.client.event.StreamInfo;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;

/**
 * Tells the listeners about one stream: of its end once, whether it is read to it, fails or is
 * closed. Thread-safe, but for {@link #event}, which the reader calls.
 */
public final class StreamReport {
  private final Listeners listeners;
  private final StreamInfo stream;
  private final TimeSource time;
  private final long start;
  private final AtomicBoolean hasEnded = new AtomicBoolean();
  private volatile long events;

  StreamReport(Listeners listeners, StreamInfo stream, TimeSource time) {
    this.listeners = listeners;
    this.stream = stream;
    this.time = time;
    this.start = time.nanoTime();
  }

  /** Returns the slug of the model that was asked. */
  public Optional<String> model() {
    return stream.model();
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  void started() {
    listeners.tell(told -> told.streamStarted(stream));
  }

  void opened() {
    listeners.tell(told -> told.streamOpened(stream, elapsed()));
  }

  void notOpened(Throwable failure) {
    ended(Outcome.NOT_OPENED, null, OptionalLong.empty(), failure);
  }

  /** Counts an event that was read. */
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread reads
  public void event() {
    events++;
  }

  /** It was read to its end. */
  public void completed(GenerationId id, OptionalLong tokens) {
    ended(Outcome.COMPLETED, id, tokens, null);
  }

  /** Reading failed. */
  public void failed(ElumentaException failure, GenerationId id) {
    Outcome outcome =
        failure instanceof StreamErrorException
            ? Outcome.GENERATION_FAILED
            : failure instanceof CallInterruptedException ? Outcome.CANCELLED : Outcome.BROKEN;
    ended(outcome, id, OptionalLong.empty(), failure);
  }

  /** It was closed; of no account if it has ended. */
  public void closed() {
    ended(Outcome.CANCELLED, null, OptionalLong.empty(), null);
  }

  private void ended(Outcome outcome, GenerationId id, OptionalLong tokens, Throwable failure) {
    if (hasEnded.compareAndSet(false, true) && !listeners.isEmpty()) {
      StreamEnd end =
          new StreamEnd(
              elapsed(),
              events,
              outcome,
              Optional.ofNullable(id),
              tokens,
              Optional.ofNullable(failure));
      listeners.tell(told -> told.streamEnded(stream, end));
    }
  }
}
