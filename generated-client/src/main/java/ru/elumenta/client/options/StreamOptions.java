package ru.elumenta.client.options;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.check.Require;

/**
 * How long a stream may take. Immutable; start from {@link #defaults()}.
 *
 * <p>Until the first event the limits of any call hold: {@link
 * ru.elumenta.client.ElumentaClientBuilder#attemptTimeout} and {@link
 * ru.elumenta.client.ElumentaClientBuilder#callTimeout}. After it these do. Both limit waiting for
 * the service; what has arrived is read however late.
 *
 * @param idle how long nothing at all may come, not even a comment; empty for the client's {@link
 *     ru.elumenta.client.ElumentaClientBuilder#attemptTimeout}, which is the default
 * @param limit how long after {@code stream} was called the end may come; default 30 minutes. The
 *     time of {@link ru.elumenta.client.ElumentaClient#within} applies if it is shorter
 * @param keepsText whether a stream keeps what it has read, up to 64 Mi characters, for {@link
 *     ru.elumenta.client.GenerationStream#text}, its result and its failure; default true. Without
 *     it these are empty, and a stream of any length takes the memory of an event or two
 */
public record StreamOptions(Optional<Duration> idle, Duration limit, boolean keepsText) {
  private static final StreamOptions DEFAULTS =
      new StreamOptions(Optional.empty(), Duration.ofMinutes(30), true);

  /**
   * Creates options.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public StreamOptions {
    Require.notNull("idle", idle).ifPresent(time -> Require.positive("idle", time));
    Require.positive("limit", limit);
  }

  /** Returns the defaults. */
  public static StreamOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another time without anything. */
  public StreamOptions withIdle(Duration time) {
    return new StreamOptions(Optional.of(Require.positive("idle", time)), limit, keepsText);
  }

  /** Returns a copy with another limit of the whole. */
  public StreamOptions withLimit(Duration time) {
    return new StreamOptions(idle, time, keepsText);
  }

  /** Returns a copy with which streams keep nothing of their text. */
  public StreamOptions withoutText() {
    return new StreamOptions(idle, limit, false);
  }
}
