package ru.elumenta.client.internal.call;

import dev.failsafe.Policy;
import dev.failsafe.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.pacing.Pacing;

/**
 * What the calls of one client have in common.
 *
 * @param attemptTimeout the time for one attempt
 * @param callTimeout the time for one call, all attempts and waits
 * @param breaker when a model is left alone; empty for never
 * @param pacing what holds requests back while the account has none left
 * @param headers that each attempt gets from the application
 * @param context what other threads take over from the caller's
 * @param server the base URL of the service
 * @param policies of the application, the outermost first
 * @param mostCalls how many there may be at once; 0 for any number
 */
public record CallSettings(
    TimeSource time,
    Pause pause,
    Duration attemptTimeout,
    Duration callTimeout,
    RetryOptions retry,
    Recovery recovery,
    Optional<CircuitBreakerOptions> breaker,
    Optional<Pacing> pacing,
    Listeners listeners,
    FurtherHeaders headers,
    CallerContext context,
    URI server,
    List<Policy<Object>> policies,
    int mostCalls) {

  /** Returns policies of the application; refuses those that repeat calls. */
  public static List<Policy<Object>> checked(List<? extends Policy<Object>> policies) {
    for (Policy<Object> policy : Require.notNull("policies", policies)) {
      Require.that(
          !(Require.notNull("a policy", policy) instanceof RetryPolicy),
          "A RetryPolicy around whole calls may pay for each of them; use retry(…) and"
              + " recovery(…), which know what was not executed.");
    }
    return List.copyOf(policies);
  }

  /** Returns settings of calls that are not repeated. */
  public static CallSettings ofOneAttempt(TimeSource time, Duration timeout, URI server) {
    return new CallSettings(
        time,
        new Pause(time),
        timeout,
        timeout,
        RetryOptions.none(),
        Recovery.FAIL,
        Optional.empty(),
        Optional.empty(),
        new Listeners(List.of()),
        new FurtherHeaders(List.of()),
        new CallerContext(List.of()),
        server,
        List.of(),
        0);
  }
}
