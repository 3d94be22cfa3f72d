package ru.elumenta.client.error;

import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * A recording cannot be sent. Before anything was sent, {@link #execution()} is {@code
 * NOT_EXECUTED}; if it changed or could not be read on while it was sent, {@code UNKNOWN}: the
 * service has no whole request then, but what it made of the part cannot be proved.
 */
public final class SpeechFileException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String problem;

  /** Why not. */
  public enum Reason {
    /** Its name has the ending of no documented format. */
    FORMAT("Convert it; if it is in one of them, name it so with SpeechFile.named(…)."),
    /** It is larger than the documented limit. */
    TOO_LARGE("Cut it, or use a format that takes less room, such as mp3 or ogg."),
    /** It is missing, empty, no file, or cannot be read. */
    UNREADABLE("Give a recording that can be read."),
    /** Its length changed while it was sent. */
    CHANGED("Send it when nobody writes to it any more.");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }
  }

  /**
   * Creates the exception.
   *
   * @param problem why not, as in "it is empty"
   */
  public SpeechFileException(
      ErrorContext context, Reason reason, String problem, @Nullable Throwable cause) {
    super(context, cause);
    this.reason = reason;
    this.problem = problem;
  }

  /** Returns why not. */
  public Reason reason() {
    return reason;
  }

  @Override
  protected String happened() {
    String when = execution() == Execution.NOT_EXECUTED ? "was not sent" : "was not sent whole";
    return "The recording %s: %s".formatted(when, printable(problem));
  }

  @Override
  protected String cost() {
    return execution() == Execution.NOT_EXECUTED
        ? super.cost()
        : "The service got no whole request, and was not asked again; whether it charged for that"
            + " is unknown.";
  }

  @Override
  protected String advice() {
    return reason.advice;
  }
}
