package ru.elumenta.client;

import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * The file of a generation could not be downloaded. Nothing of it is left where it was to go, but
 * for an output stream of the caller's, which has what it was given. Downloading again costs
 * nothing.
 */
public final class DownloadException extends ElumentaException {
  /** Why it could not. */
  public enum Reason {
    /**
     * Its address, or one it was redirected to, is not of the public internet or not encrypted.
     * Nothing was asked for there.
     */
    UNSAFE_ADDRESS,
    /** The host answered something other than a file: a status, a web page, a wrong range. */
    NO_FILE,
    /** It is longer than the caller allowed. */
    TOO_LARGE,
    /** It broke off again and again. */
    BROKEN_OFF,
    /** It could not be written on this machine: no space, no permission, an existing file. */
    NOT_WRITTEN
  }

  private final Reason reason;
  private final String problem;

  /**
   * Creates the exception.
   *
   * @param problem what is wrong, in a few words that follow "could not be downloaded: "
   */
  public DownloadException(ErrorContext context, Reason reason, String problem, Throwable cause) {
    super(context, cause);
    this.reason = reason;
    this.problem = problem;
  }

  /** Returns why it could not be downloaded. */
  public Reason reason() {
    return reason;
  }

  @Override
  public boolean isTransient() {
    return reason == Reason.BROKEN_OFF
        || context().status().orElse(0) >= 500
        || context().status().orElse(0) == 429;
  }

  @Override
  protected String happened() {
    return "%s could not be downloaded: %s".formatted(context().path(), printable(problem));
  }

  @Override
  protected String cost() {
    return "A download costs nothing.";
  }

  @Override
  protected String advice() {
    return switch (reason) {
      case UNSAFE_ADDRESS -> "Do not fetch it by other means before you know who sent you there.";
      case NO_FILE -> "Look at the generation for another address, or try again later.";
      case TOO_LARGE -> "Allow more bytes, if you expect a file that large.";
      case BROKEN_OFF -> "The file is still there; try again.";
      case NOT_WRITTEN -> "Mend that and download it again; the file is still there.";
    };
  }
}
