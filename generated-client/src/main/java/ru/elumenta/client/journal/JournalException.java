package ru.elumenta.client.journal;

import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * A paid call could not be written into its journal, or the journal not be read. A call that cannot
 * be written down is not sent.
 */
public final class JournalException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String advice;

  /**
   * Creates the exception for whatever comes before a request or without one.
   *
   * @param problem what happened, as a sentence
   * @param advice what to do about it, as a sentence
   * @param cause the failure below, or null
   */
  public JournalException(String problem, String advice, @Nullable Throwable cause) {
    this(problem, advice, Execution.NOT_EXECUTED, cause);
  }

  /**
   * Creates the exception.
   *
   * @param execution what is known of the call: {@code NOT_EXECUTED} before it was sent, else what
   *     its outcome says
   */
  public JournalException(
      String problem, String advice, Execution execution, @Nullable Throwable cause) {
    super(
        ErrorContext.builder("POST", "/generate").execution(execution).attempts(0).build(), cause);
    this.problem = problem;
    this.advice = advice;
  }

  @Override
  protected String happened() {
    return problem;
  }

  @Override
  protected String cost() {
    return execution() == Execution.NOT_EXECUTED
        ? "Nothing was sent and nothing was charged."
        : "What became of the call is not changed by this; the journal goes on listing it.";
  }

  @Override
  protected String advice() {
    return advice;
  }
}
