package ru.elumenta.client.internal.transport;

import java.io.IOException;
import ru.elumenta.client.error.SpeechFileException.Reason;

/** A recording that cannot be sent, and why. */
public final class UnusableSource extends IOException {
  private final Reason reason;

  /** Creates it; the problem is a sentence for the person on call. */
  public UnusableSource(Reason reason, String problem) {
    super(problem);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
