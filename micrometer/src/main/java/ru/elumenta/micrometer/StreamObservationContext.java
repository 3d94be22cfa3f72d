package ru.elumenta.micrometer;

import io.micrometer.observation.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.client.event.StreamInfo;

/** One stream, from its request to its end. */
public final class StreamObservationContext extends Observation.Context {
  private final String client;
  private final StreamInfo stream;
  private final ModelNames names;
  private volatile @Nullable StreamEnd end;

  StreamObservationContext(String client, StreamInfo stream, ModelNames names) {
    this.client = client;
    this.stream = stream;
    this.names = names;
  }

  /** Returns the name of the client. */
  public String client() {
    return client;
  }

  /** Returns what is observed. */
  public StreamInfo stream() {
    return stream;
  }

  /** Returns the model as metrics show it, which is one of few names. */
  public String modelName() {
    return names.of(stream.model());
  }

  /** Returns how it ended; empty until then. */
  public Optional<StreamEnd> end() {
    return Optional.ofNullable(end);
  }

  void ended(StreamEnd how) {
    end = how;
  }
}
