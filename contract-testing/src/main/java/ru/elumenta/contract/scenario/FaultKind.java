package ru.elumenta.contract.scenario;

/** What happens in a {@link Fault}. */
public enum FaultKind {
  /** Another answer. */
  ANSWER,
  /** The answer comes late. */
  DELAY,
  /** Headers and half of the body, then silence. */
  STALL,
  /** The body byte by byte. */
  DRIP,
  /** The connection is reset in place of an answer. */
  RESET,
  /** The connection is closed within the body. */
  CUT,
  /** The answer is whole HTTP, and half of its JSON. */
  BROKEN_JSON,
  /** The generation ends failed. */
  FAILED_GENERATION,
  /** The generation takes longer. */
  SLOW_JOB,
  /** The history is another, or its rows are: {@link RowFaults}. */
  ROWS,
  /** A member of the answer is another: {@link AnswerFaults}. */
  MEMBERS,
  /** The events of a stream are others: {@link StreamFaults}. */
  EVENTS
}
