package ru.elumenta.client.batch;

import org.jspecify.annotations.Nullable;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/**
 * A batch cannot be begun or gone on with: its input was changed, its folder is in use or damaged,
 * a file cannot be read or written. What was paid so far is written down; the same batch goes on
 * once the problem is removed.
 */
public final class BatchException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  /** What it is about. */
  public enum Reason {
    /** The input, or the template, is not the one that the batch was begun with. */
    INPUT_CHANGED,
    /** The input cannot be read, or not be understood as a whole. */
    INPUT_UNREADABLE,
    /** Another process, or another thread, runs a batch in this folder. */
    IN_USE,
    /** The folder is damaged, or was written by a later version. */
    OUTPUT_DAMAGED,
    /** Something cannot be written. */
    OUTPUT_FAILED
  }

  private final Reason reason;
  private final String problem;
  private final String advice;

  /**
   * Creates an exception, as for a fake in a test.
   *
   * @param reason what it is about
   * @param problem what happened, as a sentence without its full stop
   * @param advice what to do next, as a sentence
   * @param cause what it comes from; null if from nothing
   */
  public BatchException(Reason reason, String problem, String advice, @Nullable Throwable cause) {
    super(
        ErrorContext.builder("POST", "/generate")
            .execution(Execution.NOT_EXECUTED)
            .attempts(0)
            .build(),
        cause);
    this.reason = reason;
    this.problem = problem;
    this.advice = advice;
  }

  /** Returns what it is about. */
  public Reason reason() {
    return reason;
  }

  @Override
  protected String happened() {
    return problem;
  }

  @Override
  protected String cost() {
    return reason == Reason.OUTPUT_FAILED
        ? "Nothing was sent for it; what was sent before is written down."
        : "Nothing was sent and nothing was charged.";
  }

  @Override
  protected String advice() {
    return advice;
  }
}
