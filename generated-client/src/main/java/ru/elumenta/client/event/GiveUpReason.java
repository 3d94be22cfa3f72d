package ru.elumenta.client.event;

/** Why a failed attempt is not followed by another. */
public enum GiveUpReason {
  /** Trying again would fail again. */
  NOT_TRANSIENT,
  /** Trying again might pay twice. */
  OUTCOME_UNKNOWN,
  /** It was tried as often as allowed. */
  ATTEMPTS_EXHAUSTED,
  /** The wait would end after the deadline. */
  WAIT_EXCEEDS_DEADLINE,
  /** So many calls were repeated lately that repeating more would only add to the load. */
  BUDGET_EMPTY,
  /** What was to be sent can be read only once, and was. */
  NOT_REPEATABLE,
  /** The caller named another model, which is asked instead. */
  ANOTHER_MODEL
}
