package ru.elumenta.client.batch;

/** Why a run of a batch ended. */
public enum BatchEnd {
  /** Every item has a result, has failed, or is listed as open. */
  FINISHED,
  /** Every item that could be was sent, and some generations go on running: run it again later. */
  STILL_RUNNING,
  /** The next item does not fit into the budget. */
  BUDGET_REACHED,
  /** The account has too few tokens for the items that are left. */
  INSUFFICIENT_TOKENS,
  /** The service refuses the credentials. */
  NOT_AUTHENTICATED,
  /** The service could not be reached for half an hour. */
  UNREACHABLE,
  /** The running thread was interrupted, or the client closed. */
  INTERRUPTED
}
