package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;

/** Tells the listener about one call. What the listener throws ends here: the call is paid for. */
final class CallReport {
  private static final int SHOWN = 3;
  private static final Set<String> COOKIES = Set.of("cookie", "set-cookie", "set-cookie2");

  private final Optional<CallListener> listener;
  private final CallInfo call;

  CallReport(Optional<CallListener> listener, CallInfo call) {
    this.listener = listener;
    this.call = call;
  }

  void attemptStarted(int attempt) {
    tell(told -> told.attemptStarted(call, attempt));
  }

  void attemptEnded(
      int attempt, Duration took, AttemptOptions exchange, ElumentaException failure) {
    tell(told -> told.attemptEnded(call, report(attempt, took, exchange, failure)));
    List<AnswerFinding> findings = exchange.findings();
    if (failure == null && !findings.isEmpty()) {
      tell(told -> told.answerDeviates(call, findings));
    }
  }

  void retryScheduled(ElumentaException why, Duration wait) {
    tell(told -> told.retryScheduled(call, why, wait));
  }

  void recovered(GenerationId id) {
    tell(told -> told.recovered(call, id));
  }

  void gaveUp(ElumentaException failure, GiveUpReason reason) {
    if (reason == GiveUpReason.BUDGET_EMPTY) {
      budgetEmpty();
    }
    tell(told -> told.gaveUp(call, failure, reason));
  }

  void breakerOpened(Duration pause) {
    tell(told -> told.breakerOpened(call.model().orElseThrow(), pause));
  }

  void budgetEmpty() {
    tell(told -> told.budgetEmpty(call));
  }

  private void tell(Consumer<CallListener> event) {
    try {
      listener.ifPresent(event);
    } catch (Throwable e) {
      // As the listener's contract says. An Error, too, would take the place of a paid result.
    }
  }

  private static AttemptReport report(
      int attempt, Duration took, AttemptOptions exchange, ElumentaException failure) {
    Map<String, Collection<String>> answered = new LinkedHashMap<>();
    exchange
        .answer()
        .ifPresent(
            answer ->
                withoutCredentials(answer.headers())
                    .forEach(
                        (name, values) ->
                            answered.put(name, values.stream().map(exchange::redacted).toList())));
    OptionalInt status =
        exchange
            .answer()
            .map(answer -> OptionalInt.of(answer.status()))
            .orElseGet(() -> failure == null ? OptionalInt.empty() : failure.context().status());
    return new AttemptReport(
        attempt,
        took,
        status,
        withoutCredentials(exchange.sentHeaders()),
        answered,
        Optional.ofNullable(failure));
  }

  private static Map<String, Collection<String>> withoutCredentials(
      Map<String, Collection<String>> headers) {
    Map<String, Collection<String>> shown = new LinkedHashMap<>(headers);
    shown.keySet().removeIf(name -> COOKIES.contains(name.toLowerCase(Locale.ROOT)));
    shown.replaceAll(
        (name, values) ->
            name.equalsIgnoreCase("Authorization")
                ? List.copyOf(values.stream().map(CallReport::masked).toList())
                : values);
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
