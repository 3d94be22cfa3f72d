package ru.elumenta.client.options;

/**
 * What to do when a paid request went out and its answer got lost, so that nobody knows whether it
 * ran. The API has no idempotency key: sending it again may pay twice.
 */
public enum Recovery {
  /**
   * Looks for the generation in {@code GET /user/history} and adopts it if it is certainly this
   * one; otherwise throws {@link ru.elumenta.client.error.OutcomeUnknownException}. Never sends the
   * request again: that a history does not show it proves nothing, since rows come late, clocks
   * differ and texts are rewritten. The default.
   *
   * <p>A generation is certainly the lost one if model and prompt are the same, it was created
   * after the request was sent, no other call of this client has got it, and it cannot be that of
   * another call of this client with the same model and prompt. The look-up is part of the call and
   * ends with its time limit.
   */
  LOOK_UP,

  /**
   * As {@link #LOOK_UP}, and sends the request again, once, if the connection was lost within
   * seconds of sending and the history answers and for a minute shows nothing that could be it: no
   * generation of this model or of none, made within the last hours, that no other call of this
   * client has got. Time-outs and statuses of gateways are never followed by a second request.
   *
   * <p>It can still pay twice: if the service did begin the work, and shows it only later.
   */
  LOOK_UP_THEN_RESEND,

  /**
   * Sends it again, as the documentation's retry sample does. May pay twice; meant for cheap models
   * and for those who count.
   */
  RESEND,

  /** Throws {@link ru.elumenta.client.error.OutcomeUnknownException} at once. */
  FAIL
}
