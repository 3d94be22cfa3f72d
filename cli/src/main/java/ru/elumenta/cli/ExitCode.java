package ru.elumenta.cli;

/** How the program ends. Part of what scripts rely on: documented, never changed. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** The command is wrong: nothing was sent. */
  static final int USAGE = 2;

  /** Refused, and nothing was charged. */
  static final int REFUSED = 3;

  /** Failed. */
  static final int FAILED = 4;

  /** A paid request may have run: {@code elumenta open} looks for it. */
  static final int OUTCOME_UNKNOWN = 5;

  /** It goes on running: {@code elumenta attach ID} comes back to it. */
  static final int STILL_RUNNING = 6;

  /** Interrupted. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
