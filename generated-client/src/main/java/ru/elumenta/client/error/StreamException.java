package ru.elumenta.client.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * A stream did not come to its end, after it had begun. What had arrived of the text is kept. The
 * request is not sent again: it may have been charged, and a stream cannot be taken up again.
 */
public abstract sealed class StreamException extends ElumentaException
    permits StreamBrokenException, StreamErrorException {
  private static final long serialVersionUID = 1L;

  private final String text;
  private final @Nullable GenerationId id;

  StreamException(
      ErrorContext context, String text, @Nullable GenerationId id, @Nullable Throwable cause) {
    super(context, cause);
    this.text = text;
    this.id = id;
  }

  /**
   * Returns the text as far as it had arrived; empty if {@link StreamOptions#keepsText} is off. Not
   * part of the message.
   */
  public final String text() {
    return text;
  }

  /** Returns the id of the generation, if the service had named it. */
  public final Optional<GenerationId> id() {
    return Optional.ofNullable(id);
  }

  /** Says how far it had come. */
  final String soFar() {
    String generation = id == null ? "" : " of generation " + printable(id.toString());
    return "The stream%s from %s, of which %d characters are kept,"
        .formatted(generation, call(), text.length());
  }

  @Override
  protected String cost() {
    return "Whether it was charged is unknown.";
  }
}
