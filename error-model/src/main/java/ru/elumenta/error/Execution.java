package ru.elumenta.error;

/**
 * Whether the service did the work of a failed call, which is to say: whether it may have cost
 * tokens.
 *
 * <p>The API has no idempotency key, so this is the one question to ask before sending a paid
 * request again. A value claims only what is provable from the answer, or from the lack of one.
 */
public enum Execution {
  /**
   * Provably no work was done and nothing was charged: the request never left, or the service
   * refused it with a documented status or code. Sending it again cannot pay twice.
   */
  NOT_EXECUTED,

  /**
   * It may have run and may have been charged: no answer, half an answer, or an answer by something
   * that is not the service. Sending it again may pay twice.
   */
  UNKNOWN,

  /** The service answered for the work itself, for example with {@code status: failed}. */
  EXECUTED
}
