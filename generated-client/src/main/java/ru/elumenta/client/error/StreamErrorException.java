package ru.elumenta.client.error;

import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.FailureReason;

/**
 * The service ended a stream with an {@code error} event. Its words are in {@code
 * context().serverMessage()}. No page says whether the text so far is charged.
 */
public final class StreamErrorException extends StreamException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a stream that ended with an error event. */
  public StreamErrorException(ErrorContext context, String text, @Nullable GenerationId id) {
    super(context, text, id, null);
  }

  /** Returns why it failed, recognised from the service's words. */
  public FailureReason reason() {
    return FailureReason.of(context().serverMessage().orElse(null));
  }

  @Override
  public boolean isTransient() {
    return reason() != FailureReason.CONTENT_POLICY && reason() != FailureReason.OTHER;
  }

  @Override
  protected String happened() {
    return "%s ended with an error (%s): %s"
        .formatted(
            soFar(),
            reason(),
            context().serverMessage().map(ElumentaException::printable).orElse("no reason given"));
  }

  @Override
  protected String advice() {
    return switch (reason()) {
      case MODEL_OVERLOADED -> "Try again later, or use another model.";
      case TIMEOUT -> "Try again, or ask for less.";
      case CONTENT_POLICY -> "Change the prompt; the same one will be refused again.";
      case PROVIDER_ERROR -> "Try again, or use a model of another provider.";
      case OTHER -> "Act on the service's words.";
    };
  }
}
