package ru.elumenta.client.error;

import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ResponseFormatException;

/**
 * A stream broke off: its body ended before its end event, or could not be read, or nothing came
 * for too long. The cause says which: {@link ru.elumenta.error.TransportException}, {@link
 * ResponseFormatException} or {@link ru.elumenta.error.CallTimeoutException}.
 */
public final class StreamBrokenException extends StreamException {
  private static final long serialVersionUID = 1L;

  private final String problem;

  /** Creates the exception for a stream that broke off. */
  public StreamBrokenException(
      ElumentaException cause, String problem, String text, @Nullable GenerationId id) {
    super(cause.context(), text, id, cause);
    this.problem = problem;
  }

  @Override
  public boolean isTransient() {
    return !(getCause() instanceof ResponseFormatException);
  }

  @Override
  protected String happened() {
    return soFar() + " broke off: " + printable(problem);
  }

  @Override
  protected String advice() {
    return "Make do with text(), or look at GET /user/history before you ask again.";
  }
}
