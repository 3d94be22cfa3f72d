package ru.elumenta.client.internal.call;

import ru.elumenta.client.internal.transport.AttemptOptions;

/**
 * The attempt that this thread is making: Feign's interceptors are not told the options, and once
 * the request is built its headers can no longer be changed for those who redact the answer.
 */
final class AttemptUnderWay {
  private static final ThreadLocal<AttemptOptions> OPTIONS = new ThreadLocal<>();

  private AttemptUnderWay() {}

  /** Sends an attempt; credentials may send one of their own within it. */
  static Object send(Attempt attempt, AttemptOptions options) throws Throwable {
    AttemptOptions outer = OPTIONS.get();
    OPTIONS.set(options);
    try {
      return attempt.send(options);
    } finally {
      if (outer == null) {
        OPTIONS.remove();
      } else {
        OPTIONS.set(outer);
      }
    }
  }

  static AttemptOptions options() {
    return OPTIONS.get();
  }
}
