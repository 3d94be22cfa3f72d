package ru.elumenta.client.error;

import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * The storage host has the file of a generation no more, or does not give it: it answered 403, 404
 * or 410. Asking for a file costs nothing.
 *
 * <p>Files are kept for 7 days on the plan Free or Starter, 30 days on Basic, 90 days on Pro and
 * VIP, and without end on Elite (pages: user/history, generations/image).
 */
public final class FileUnavailableException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public FileUnavailableException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String happened() {
    return "The file is not to be had: %s was answered with %d"
        .formatted(call(), context().status().orElse(0));
  }

  @Override
  protected String cost() {
    return "A download costs nothing.";
  }

  @Override
  protected String advice() {
    return "Files are kept for 7 days (Free, Starter), 30 days (Basic), 90 days (Pro, VIP) or"
        + " without end (Elite). If it is younger, read the generation again, as its address"
        + " may have changed; if it is older, it has to be generated anew, which costs"
        + " tokens.";
  }
}
