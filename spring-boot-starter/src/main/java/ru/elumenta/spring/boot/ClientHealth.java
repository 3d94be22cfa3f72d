package ru.elumenta.spring.boot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ModelUnavailableException;

/**
 * What the calls of the application say about the service, so that asking for its health costs
 * nothing and sends nothing. Evidence older than a minute is none: otherwise an application that is
 * out of rotation because of it would make no calls, and never come back. Thread-safe.
 */
final class ClientHealth {
  static final Duration EVIDENCE_LASTS = Duration.ofMinutes(1);
  static final int FAILURES_TO_BE_DOWN = 3;

  private final Map<String, Watch> watches = new ConcurrentSkipListMap<>();
  private final InstantSource clock;

  ClientHealth(InstantSource clock) {
    this.clock = clock;
  }

  /** How a client is off. */
  enum State {
    UP,
    DOWN,
    /** No call lately. */
    UNKNOWN
  }

  /** Returns what watches a client. */
  CallListener of(String client) {
    return watches.computeIfAbsent(client, name -> new Watch());
  }

  /** Returns the worst of all clients: one that is down before one that is up. */
  State state() {
    State worst = State.UNKNOWN;
    for (Watch watch : watches.values()) {
      State state = watch.state();
      if (state == State.DOWN) {
        return State.DOWN;
      }
      worst = state == State.UP ? State.UP : worst;
    }
    return worst;
  }

  /** Returns the facts, by client; that without a name is {@code default}. */
  Map<String, Object> details() {
    Map<String, Object> details = new TreeMap<>();
    watches.forEach((name, watch) -> details.put(name.isEmpty() ? "default" : name, watch.facts()));
    return details;
  }

  private final class Watch implements CallListener {
    private @Nullable Instant lastAnswer; // all guarded by this
    private @Nullable Instant lastFailure;
    private int failuresInRow;
    private boolean isKeyRefused;
    private final Map<String, Instant> openBreakers = new TreeMap<>();

    @Override
    public synchronized void attemptEnded(CallInfo call, AttemptReport report) {
      if (report.failure().isEmpty() && report.status().isEmpty()
          || report.failure().orElse(null) instanceof CallInterruptedException) {
        return; // the application's doing, not the service's
      }
      boolean isAnswer =
          report.status().isPresent()
              && (report.status().getAsInt() < 500
                  || report.failure().orElse(null) instanceof ModelUnavailableException);
      isKeyRefused = report.status().orElse(0) == 401;
      if (isAnswer) {
        lastAnswer = clock.instant();
        failuresInRow = 0;
      } else {
        lastFailure = clock.instant();
        failuresInRow++;
      }
    }

    @Override
    public synchronized void breakerOpened(String model, Duration pause) {
      openBreakers.put(model, clock.instant().plus(pause));
    }

    @Override
    public synchronized void breakerClosed(String model) {
      openBreakers.remove(model);
    }

    synchronized State state() {
      if (isKeyRefused && isFresh(lastAnswer)
          || failuresInRow >= FAILURES_TO_BE_DOWN && isFresh(lastFailure)) {
        return State.DOWN;
      }
      return isFresh(lastAnswer) ? State.UP : State.UNKNOWN;
    }

    synchronized Map<String, Object> facts() {
      Instant now = clock.instant();
      openBreakers.values().removeIf(end -> !end.isAfter(now));
      Map<String, Object> facts = new TreeMap<>();
      facts.put("status", state().name());
      facts.put("failuresInRow", failuresInRow);
      facts.put("keyRefused", isKeyRefused);
      facts.put("modelsLeftAlone", List.copyOf(openBreakers.keySet()));
      if (lastAnswer != null) {
        facts.put("lastAnswer", lastAnswer.toString());
      }
      return facts;
    }

    private boolean isFresh(@Nullable Instant evidence) {
      return evidence != null && clock.instant().isBefore(evidence.plus(EVIDENCE_LASTS));
    }
  }
}
