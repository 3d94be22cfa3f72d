package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.event.LookUpEnd;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.AttemptOptions.Answer;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.RateLimits;

/** Tells the listeners about one call. Used by one thread. */
final class CallReport {
  private static final int SHOWN = 3;
  private static final Set<String> COOKIES = Set.of("cookie", "set-cookie", "set-cookie2");

  private final Listeners listeners;
  private final CallInfo call;
  private boolean isRecovered;

  CallReport(Listeners listeners, CallInfo call) {
    this.listeners = listeners;
    this.call = call;
  }

  CallInfo call() {
    return call;
  }

  /** Runs a call, and tells its beginning and its end. */
  Object told(Supplier<Object> run, CallRecord record, Operation operation) {
    listeners.tell(told -> told.callStarted(call));
    Object result = null;
    Throwable failure = null;
    try {
      result = run.get();
      return result;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      if (!listeners.isEmpty()) {
        ended(record, operation.isIdempotent() ? null : operation.generation(result), failure);
      }
    }
  }

  private void ended(CallRecord record, Generation made, Throwable failure) {
    CallEnd end =
        new CallEnd(
            record.elapsed(),
            record.attempts(),
            outcome(made, failure),
            Optional.ofNullable(made).flatMap(Generation::identity),
            Optional.ofNullable(failure));
    listeners.tell(told -> told.callEnded(call, end));
  }

  private CallEnd.Outcome outcome(Generation made, Throwable failure) {
    if (failure != null) {
      return CallEnd.outcomeOf(failure);
    }
    if (made != null && made.isFailed()) {
      return CallEnd.Outcome.GENERATION_FAILED;
    }
    return isRecovered ? CallEnd.Outcome.RECOVERED : CallEnd.Outcome.SUCCESS;
  }

  void heldBack(HeldBack.Reason reason, Duration atMost) {
    listeners.tell(told -> told.heldBack(call, new HeldBack(reason, atMost)));
  }

  void rateLimits(RateLimits limits) {
    listeners.tell(told -> told.rateLimits(limits));
  }

  void lookUpStarted(ElumentaException lost) {
    listeners.tell(told -> told.lookUpStarted(call, lost));
  }

  void lookUpEnded(Duration took, LookUpEnd.Finding finding) {
    listeners.tell(told -> told.lookUpEnded(call, new LookUpEnd(took, finding)));
  }

  void breakerClosed() {
    listeners.tell(told -> told.breakerClosed(call.model().orElseThrow()));
  }

  void attemptStarted(int attempt) {
    listeners.tell(told -> told.attemptStarted(call, attempt));
  }

  void attemptEnded(
      int attempt, Duration took, AttemptOptions exchange, ElumentaException failure) {
    if (listeners.isEmpty()) {
      return;
    }
    AttemptReport report = report(attempt, took, exchange, failure);
    listeners.tell(told -> told.attemptEnded(call, report));
    List<AnswerFinding> findings = exchange.findings();
    if (failure == null && !findings.isEmpty()) {
      listeners.tell(told -> told.answerDeviates(call, findings));
    }
  }

  void retryScheduled(ElumentaException why, Duration wait) {
    listeners.tell(told -> told.retryScheduled(call, why, wait));
  }

  void recovered(GenerationId id) {
    isRecovered = true;
    listeners.tell(told -> told.recovered(call, id));
  }

  void gaveUp(ElumentaException failure, GiveUpReason reason) {
    if (reason == GiveUpReason.BUDGET_EMPTY) {
      budgetEmpty();
    }
    listeners.tell(told -> told.gaveUp(call, failure, reason));
  }

  void breakerOpened(Duration pause) {
    listeners.tell(told -> told.breakerOpened(call.model().orElseThrow(), pause));
  }

  void budgetEmpty() {
    listeners.tell(told -> told.budgetEmpty(call));
  }

  private static AttemptReport report(
      int attempt, Duration took, AttemptOptions exchange, ElumentaException failure) {
    Optional<Answer> answer = exchange.answer();
    OptionalInt status =
        answer.isPresent()
            ? OptionalInt.of(answer.get().status())
            : failure == null ? OptionalInt.empty() : failure.context().status();
    Map<String, Collection<String>> sent = exchange.sentHeaders();
    Map<String, Collection<String>> came = answer.map(Answer::headers).orElse(Map.of());
    UnaryOperator<String> redaction = exchange.redaction();
    return AttemptReport.withHeadersOnDemand(
        attempt,
        took,
        status,
        () -> shown(sent, UnaryOperator.identity()),
        () -> shown(came, redaction),
        Optional.ofNullable(failure));
  }

  private static Map<String, Collection<String>> shown(
      Map<String, Collection<String>> headers, UnaryOperator<String> redaction) {
    Map<String, Collection<String>> shown = new LinkedHashMap<>();
    for (Map.Entry<String, Collection<String>> header : headers.entrySet()) {
      String name = header.getKey();
      if (COOKIES.contains(name.toLowerCase(Locale.ROOT))) {
        continue;
      }
      boolean isToken = name.equalsIgnoreCase("Authorization");
      List<String> values = new ArrayList<>(header.getValue().size());
      for (String value : header.getValue()) {
        values.add(redaction.apply(isToken ? masked(value) : value));
      }
      shown.put(name, values);
    }
    return shown;
  }

  /** Scheme, the first characters of a token that is long enough to keep its secret, and length. */
  private static String masked(String authorization) {
    int space = authorization.indexOf(' ');
    String token = authorization.substring(space + 1);
    String prefix = token.length() >= 4 * SHOWN ? token.substring(0, SHOWN) : "";
    return authorization.substring(0, space + 1) + prefix + "…(" + token.length() + " characters)";
  }
}
