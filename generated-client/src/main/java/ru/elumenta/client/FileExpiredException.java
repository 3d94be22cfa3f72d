package ru.elumenta.client;

import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/**
 * The file of a generation is no longer there: its host answered 403, 404 or 410. Files are kept
 * for a time that depends on the plan (pages: api-reference/user/history, generations/image).
 */
public final class FileExpiredException extends ElumentaException {
  /** Creates the exception from what the host said. */
  public FileExpiredException(ErrorContext context) {
    super(context, null);
  }

  @Override
  protected String cost() {
    return "A download costs nothing.";
  }

  @Override
  protected String advice() {
    return "Files are kept for 7 days on Starter, 30 on Basic, 90 on Pro and VIP, and without limit"
        + " on Elite. Look at the generation for another address; if there is none, only generating"
        + " again, which costs tokens, brings a file back.";
  }
}
