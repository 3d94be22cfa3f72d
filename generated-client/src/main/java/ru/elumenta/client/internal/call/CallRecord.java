package ru.elumenta.client.internal.call;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** What has happened in a call so far, and how its end is told. Used by one thread. */
final class CallRecord {
  private final Operation operation;
  private final Optional<String> model;
  private final Optional<Tracked> tracked;
  private final TimeSource time;
  private final Deadline deadline;
  private final CallReport report;
  private final Instant start;
  private final long begin;
  private final List<ElumentaException> failures = new ArrayList<>();
  private int attempts;

  CallRecord(
      Operation operation,
      Optional<String> model,
      Optional<Tracked> tracked,
      TimeSource time,
      Deadline deadline,
      CallReport report) {
    this.operation = operation;
    this.model = model;
    this.tracked = tracked;
    this.time = time;
    this.deadline = deadline;
    this.report = report;
    this.start = time.now();
    this.begin = time.nanoTime();
  }

  int attempts() {
    return attempts;
  }

  Deadline deadline() {
    return deadline;
  }

  /** Returns the time since the call began. */
  Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - begin);
  }

  Optional<String> model() {
    return model;
  }

  CallReport report() {
    return report;
  }

  /**
   * Writes down that the call is about to be sent: a paid request that is not in the journal is not
   * sent.
   */
  void writeDown(Duration patience) {
    try {
      tracked.ifPresent(call -> call.sending(patience));
    } catch (ElumentaException unwritten) {
      throw refused(unwritten, GiveUpReason.NOT_TRANSIENT, null);
    } catch (RuntimeException journal) { // of the application's own
      throw foreign(journal);
    }
  }

  /** Counts an attempt that is about to be made. */
  void attempt() {
    attempts++;
  }

  /** The attempt was not made after all. */
  void noAttempt() {
    attempts--;
  }

  /** An attempt failed, and another will be made. */
  void failed(ElumentaException failure) {
    failures.add(failure);
  }

  /** Starts the context of a failure before anything was sent. */
  ErrorContext.Builder notSent() {
    return operation.failed(Execution.NOT_EXECUTED).occurredAt(time.now());
  }

  /** The same, if it can be sent later. */
  ErrorContext.Builder notSent(Duration retryAfter) {
    return notSent()
        .details(Map.of("retry_after", BigDecimal.valueOf(retryAfter.toMillis() + 1, 3)));
  }

  /** Returns whether an earlier attempt may have been executed. */
  boolean isOpen() {
    return lastOpen().isPresent();
  }

  /** Returns the last of the earlier attempts that may have been executed. */
  Optional<ElumentaException> lastOpen() {
    return operation.httpMethod().equals("GET")
        ? Optional.empty()
        : failures.stream()
            .filter(failure -> failure.execution() == Execution.UNKNOWN)
            .reduce((earlier, later) -> later);
  }

  /**
   * The end by what is no failure of the call: it must not hide that an earlier attempt may be paid
   * for.
   */
  RuntimeException foreign(RuntimeException thrown) {
    Optional<ElumentaException> open = lastOpen();
    if (open.isEmpty()) {
      tracked.ifPresent(call -> call.ended(Execution.NOT_EXECUTED));
      return thrown;
    }
    open.get().addSuppressed(thrown);
    return ended(open.get(), new GiveUp(GiveUpReason.OUTCOME_UNKNOWN, Optional.empty()));
  }

  /** The end of a call that is interrupted before its next attempt. */
  ElumentaException interrupted(String phase) {
    return refused(
        new CallInterruptedException(notSent().build(), phase, null),
        GiveUpReason.NOT_TRANSIENT,
        null);
  }

  /** The end of a call whose next attempt is not made: earlier ones stay as open as they are. */
  ElumentaException refused(ElumentaException refusal, GiveUpReason reason, String sentence) {
    boolean isUnknown = !operation.isIdempotent() && isOpen();
    return ended(
        refusal,
        new GiveUp(
            isUnknown ? GiveUpReason.OUTCOME_UNKNOWN : reason, Optional.ofNullable(sentence)));
  }

  /** The end for whoever can no longer wait for the thread that makes the call. Thread-safe. */
  ElumentaException left() {
    ElumentaException interrupted =
        new CallInterruptedException(
            operation.failed(Execution.UNKNOWN).occurredAt(time.now()).build(),
            "while a policy had it made",
            null);
    return operation.isIdempotent() ? interrupted : unknown(interrupted);
  }

  private ElumentaException unknown(ElumentaException cause) {
    return new OutcomeUnknownException(cause, tracked.flatMap(Tracked::openCall).orElse(null));
  }

  /** The last failure, with the facts of the whole call and the earlier failures beside it. */
  ElumentaException ended(ElumentaException failure, GiveUp giveUp) {
    Execution overall = overall(failure.execution());
    boolean isUnknown = !operation.isIdempotent() && overall == Execution.UNKNOWN;
    failure.completeContext(
        context ->
            context
                .attempts(attempts)
                .elapsed(deadline.elapsed())
                .execution(overall)
                .remark(remark(giveUp, isUnknown)));
    failures.stream().filter(earlier -> earlier != failure).forEach(failure::addSuppressed);
    tracked.ifPresent(call -> call.ended(overall));
    ElumentaException told =
        isUnknown && !(failure instanceof SpeechFileException) // for its caller to mend
            ? unknown(failure)
            : failure;
    report.gaveUp(told, giveUp.reason());
    return told;
  }

  /** What is true of the last attempt need not be true of an earlier one. */
  private Execution overall(Execution ofLastAttempt) {
    return isOpen() && ofLastAttempt == Execution.NOT_EXECUTED ? Execution.UNKNOWN : ofLastAttempt;
  }

  private String remark(GiveUp giveUp, boolean isUnknown) {
    String why = giveUp.sentence().orElse("");
    if (isUnknown) {
      String asked = model.map(slug -> "asked for " + slug + " and ").orElse("");
      why = "It %swas first sent at %s. %s".formatted(asked, start, why).strip();
    }
    return why.isEmpty() ? null : why;
  }
}
