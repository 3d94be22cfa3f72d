package ru.elumenta.client;

/** What becomes of one request, and whether the service does the work that it asks for. */
enum Fault {
  NONE(true, false),
  SLOW(true, false),
  RATE_LIMITED(false, false),
  RATE_LIMITED_NAMING_NO_WAIT(false, false),
  PROVIDER_ERROR(false, false),
  MODEL_UNAVAILABLE(false, false),
  MODEL_UNAVAILABLE_NAMING_A_WAIT(false, false),
  GATEWAY_OVERLOADED(false, true),
  GATEWAY_OVERLOADED_AFTER_THE_WORK(true, true),
  BAD_GATEWAY(false, true),
  BAD_GATEWAY_AFTER_THE_WORK(true, true),
  GATEWAY_TIMEOUT_AFTER_THE_WORK(true, true),
  CONNECTION_REFUSED(false, true),
  /** By a transport that had sent the request before, of its own accord, and lost the answer. */
  CONNECTION_REFUSED_AFTER_THE_WORK(true, true),
  CONNECTION_LOST(false, true),
  CHARGED_BUT_NEVER_TOLD(true, true),
  TIME_OUT(false, true),
  TIME_OUT_AFTER_THE_WORK(true, true),
  HALF_A_JSON(true, false),
  BODY_BREAKS_OFF(true, false),
  UNREADABLE(true, false),
  /** By a portal or proxy that answers for the service. */
  UNREADABLE_WITHOUT_THE_WORK(false, false);

  /** Whether the work is done. */
  final boolean runs;

  /** Whether it is not the service that answers, so that the work may begin even later. */
  final boolean isSilent;

  Fault(boolean runs, boolean isSilent) {
    this.runs = runs;
    this.isSilent = isSilent;
  }
}
