package ru.elumenta.client;

/**
 * What a client authenticates with. Asked once per attempt, so an implementation may hand out a new
 * token each time. Implementations are thread-safe and do not show the token in {@code toString()}.
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
   * Uses an API key.
   *
   * @param key the whole key, as shown once when it was created
   * @throws IllegalArgumentException if it cannot be a key, with a sentence that says why and does
   *     not show it
   */
  static Credentials apiKey(String key) {
    return new ApiKey(key);
  }
}
