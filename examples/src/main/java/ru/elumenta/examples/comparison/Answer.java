package ru.elumenta.examples.comparison;

/** What becomes of one paid request. */
enum Answer {
  RESULT,
  DONE_THEN_DROPPED,
  DONE_THEN_TOO_LATE,
  DONE_THEN_STALLED_BODY,
  DONE_THEN_HALF_A_BODY,
  DONE_THEN_502,
  OVERLOADED,
  LIMITED,
  PROVIDER_FAILED,
  TOO_FEW_TOKENS
}
