package ru.elumenta.client.options;

/**
 * What to do when a paid request went out and its answer got lost, so that nobody knows whether it
 * ran. The API has no idempotency key: sending it again may pay twice.
 */
public enum Recovery {
  /**
   * Looks for the generation in {@code GET /user/history} and adopts it if it is there. Sends the
   * request again only if the history answers and for a minute shows nothing that could be it;
   * otherwise throws {@link ru.elumenta.error.OutcomeUnknownException}. The default.
   *
   * <p>A generation is taken for the lost one if model and prompt are the same, it was created
   * after the request was sent, and no other call of this client has got it. The look-up is part of
   * the call and ends with its time limit.
   */
  LOOK_UP,

  /**
   * Sends it again, as the documentation's retry sample does. May pay twice; meant for cheap models
   * and for those who count.
   */
  RESEND,

  /** Throws {@link ru.elumenta.error.OutcomeUnknownException} at once. */
  FAIL
}
