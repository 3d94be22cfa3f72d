package ru.elumenta.client.session;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * What a client authenticates with. Asked once per attempt, so an implementation may hand out a new
 * token each time. Implementations are thread-safe and do not show the token in {@code toString()}.
 *
 * <p>One method is enough. Those whose tokens expire, such as {@link
 * ru.elumenta.client.ElumentaSession}, have two more to take part in a call: they are told how long
 * they may take, and of a token that was refused.
 */
@FunctionalInterface
public interface Credentials {
  /**
   * Returns the token for the Authorization header, without the word Bearer. What this throws
   * reaches the caller unchanged, and nothing is sent; unless an earlier attempt of the call may
   * have been executed, in which case it is a suppressed exception of that failure.
   */
  String bearerToken();

  /**
   * The same for an attempt that has so much time. This is what a client calls; by default it is
   * {@link #bearerToken()}, whose time counts towards the call but has no end of its own.
   *
   * @param atMost how long to wait for a token; not at all if it is zero or negative
   * @throws InterruptedException if the thread is interrupted while it waits; the call ends with
   *     {@link ru.elumenta.error.CallInterruptedException}
   * @throws TimeoutException if there is no token in time; the attempt ends with {@link
   *     ru.elumenta.error.CallTimeoutException}
   */
  default String bearerToken(Duration atMost) throws InterruptedException, TimeoutException {
    return bearerToken();
  }

  /**
   * Is told that the service answered 401 to a request with this token, at most once per call. The
   * request was not executed, so repeating it costs nothing.
   *
   * @param token what {@link #bearerToken(Duration)} gave for the attempt
   * @return whether to make one more attempt, for which a token is asked for again. By default
   *     false: an API key that is refused stays refused
   */
  default boolean refused(String token) {
    return false;
  }

  /**
   * Uses an API key.
   *
   * @param key the whole key, as shown once when it was created
   * @throws IllegalArgumentException if it cannot be a key, with a sentence that says why and does
   *     not show it
   */
  static Credentials apiKey(String key) {
    return new ApiKeyCredentials(key);
  }
}
