package ru.elumenta.client.session;

import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * The tokens of a session could not be read or stored. The call that needed them was not sent.
 * Tokens that were received and could not be stored are kept in memory, and storing them is tried
 * again with the next call.
 */
public final class SessionStoreException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String advice;

  /**
   * Creates the exception.
   *
   * @param problem what happened, as a sentence without tokens
   * @param advice what to do about it, as a sentence
   * @param cause the failure below, or null
   */
  public SessionStoreException(String problem, String advice, @Nullable Throwable cause) {
    super(
        ErrorContext.builder("POST", "/auth/refresh")
            .execution(Execution.NOT_EXECUTED)
            .attempts(0)
            .build(),
        cause);
    this.problem = problem;
    this.advice = advice;
  }

  @Override
  protected String happened() {
    return problem;
  }

  @Override
  protected String advice() {
    return advice;
  }
}
