package ru.elumenta.client.error;

import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * A file was not downloaded. The generation is not touched by that: the file can be downloaded
 * again, at no cost, for as long as it is kept. {@link #execution()} is {@code NOT_EXECUTED}.
 */
public final class DownloadFailedException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String problem;

  /** What went wrong. */
  public enum Reason {
    /** The address is none that a file is fetched from; no request went there. */
    ADDRESS_REFUSED("Check where the address came from."),
    /** The host could not be reached, or the connection broke or fell silent once too often. */
    BROKEN_OFF("Check network and proxy, and download it again."),
    /** The host answered with a status that is no success. */
    STATUS("Download it again later."),
    /** What came is not the file: an error page, an empty or encoded body, one without an end. */
    NOT_THE_FILE("Look at the address in a browser."),
    /** It is larger than allowed. */
    TOO_LARGE("Allow more with maxBytes(…), if you expect a file of that size."),
    /** It could not be written where it was to go. */
    TARGET("Mend that, and download it again.");

    private final String advice;

    Reason(String advice) {
      this.advice = advice;
    }
  }

  /**
   * Creates the exception.
   *
   * @param problem what went wrong, as the end of a sentence
   */
  public DownloadFailedException(
      ErrorContext context, Reason reason, String problem, @Nullable Throwable cause) {
    super(context, cause);
    this.reason = reason;
    this.problem = problem;
  }

  /** Returns what went wrong. */
  public Reason reason() {
    return reason;
  }

  @Override
  public boolean isTransient() {
    return reason == Reason.BROKEN_OFF
        || (reason == Reason.STATUS && isPassing(context().status().orElse(0)));
  }

  /** Returns whether a host that answers so may answer otherwise later. */
  static boolean isPassing(int status) {
    return status >= 500 || status == 408 || status == 425 || status == 429;
  }

  @Override
  protected String happened() {
    return "The file was not downloaded: " + printable(problem);
  }

  @Override
  protected String cost() {
    return "That costs nothing, and the generation is safe.";
  }

  @Override
  protected String advice() {
    return reason.advice;
  }
}
