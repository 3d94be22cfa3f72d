package ru.elumenta.client.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;

/** A generation is still unfinished at the limit of the wait. It goes on running. */
public final class WaitTimeoutException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final GenerationId generationId;
  private final @Nullable GenerationStatus lastStatus;
  private final @Nullable Generation lastAnswer;
  private final Duration limit;

  /**
   * Creates the exception.
   *
   * @param lastStatus the last status seen, or null if no poll succeeded
   * @param lastFailure what the last poll ended with, or null if it succeeded
   */
  public WaitTimeoutException(
      ErrorContext context,
      GenerationId generationId,
      @Nullable GenerationStatus lastStatus,
      Duration limit,
      @Nullable ElumentaException lastFailure) {
    this(context, generationId, lastStatus, null, limit, lastFailure);
  }

  /**
   * Creates the exception.
   *
   * @param lastAnswer the last answer about the generation, or null if there was none
   * @param lastFailure what the last poll ended with, or null if it succeeded
   */
  public WaitTimeoutException(
      ErrorContext context,
      GenerationId generationId,
      @Nullable Generation lastAnswer,
      Duration limit,
      @Nullable ElumentaException lastFailure) {
    this(
        context,
        generationId,
        lastAnswer == null ? null : lastAnswer.getStatus(),
        lastAnswer,
        limit,
        lastFailure);
  }

  private WaitTimeoutException(
      ErrorContext context,
      GenerationId generationId,
      @Nullable GenerationStatus lastStatus,
      @Nullable Generation lastAnswer,
      Duration limit,
      @Nullable ElumentaException lastFailure) {
    super(context, lastFailure);
    this.generationId = generationId;
    this.lastStatus = lastStatus;
    this.lastAnswer = lastAnswer;
    this.limit = limit;
  }

  /**
   * Returns the generation that goes on running; pass it to {@link
   * ru.elumenta.client.ElumentaClient#attach}.
   */
  public GenerationId generationId() {
    return generationId;
  }

  /** Returns the last status seen, empty if no poll succeeded. */
  public Optional<GenerationStatus> lastStatus() {
    return Optional.ofNullable(lastStatus);
  }

  /**
   * Returns the last answer about the generation; its text as it came is in {@link #context()} too.
   * Empty if there was none, and after Java serialisation.
   */
  public Optional<Generation> lastAnswer() {
    return Optional.ofNullable(lastAnswer);
  }

  /** Returns the limit of the wait. */
  public Duration limit() {
    return limit;
  }

  @Override
  protected String happened() {
    String status = lastStatus == null ? "of unknown status" : lastStatus.value();
    return "Generation %s is still %s and the limit of %d s leaves no time for another poll"
        .formatted(generationId, status, limit.toSeconds());
  }

  @Override
  protected String cost() {
    return "It goes on running and is charged when it completes.";
  }

  @Override
  protected String advice() {
    return "Do not submit it again; take it up with attach(GenerationId.of(\"%s\")).await()."
        .formatted(generationId);
  }
}
