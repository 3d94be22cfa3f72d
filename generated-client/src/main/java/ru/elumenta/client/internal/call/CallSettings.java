package ru.elumenta.client.internal.call;

import java.time.Duration;
import ru.elumenta.client.Recovery;
import ru.elumenta.client.RetryOptions;
import ru.elumenta.client.TimeSource;

/**
 * What the calls of one client have in common.
 *
 * @param attemptTimeout the time for one attempt
 * @param callTimeout the time for one call, all attempts and waits
 */
public record CallSettings(
    TimeSource time,
    Pause pause,
    Duration attemptTimeout,
    Duration callTimeout,
    RetryOptions retry,
    Recovery recovery) {

  Deadline deadline(Duration limit) {
    return Deadline.after(limit, time);
  }
}
