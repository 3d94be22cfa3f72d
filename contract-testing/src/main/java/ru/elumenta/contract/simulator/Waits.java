package ru.elumenta.contract.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.exchange.RequestMessage;

/** Until when callers were asked to wait, and who did not. */
final class Waits {
  private final Map<String, Instant> until = new HashMap<>();
  private int early;

  /** Takes note of a request: it is early if its operation was asked to wait longer. */
  void saw(String operation, RequestMessage request, Answer answer, Instant now) {
    String caller =
        operation + " " + request.headers().getOrDefault("Authorization", List.of()).hashCode();
    Instant announced = until.remove(caller);
    if (announced != null && now.isBefore(announced)) {
      early++;
      until.put(caller, announced);
    }
    String wait = answer.headers().get("Retry-After");
    if (wait != null && wait.matches("\\d{1,9}")) {
      until.merge(
          caller,
          now.plusSeconds(Long.parseLong(wait)),
          (before, after) -> before.isAfter(after) ? before : after);
    }
  }

  int early() {
    return early;
  }
}
