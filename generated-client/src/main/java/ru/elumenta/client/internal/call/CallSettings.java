package ru.elumenta.client.internal.call;

import dev.failsafe.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TimeSource;

/**
 * What the calls of one client have in common.
 *
 * @param attemptTimeout the time for one attempt
 * @param callTimeout the time for one call, all attempts and waits
 * @param breaker when a model is left alone; empty for never
 * @param isPaced whether requests are held back while the account has none left
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
    boolean isPaced,
    Optional<CallListener> listener,
    List<Policy<Object>> policies,
    int mostCalls) {}
