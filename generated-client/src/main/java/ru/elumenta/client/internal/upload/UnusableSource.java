package ru.elumenta.client.internal.upload;

import java.io.IOException;
import ru.elumenta.client.SpeechFileException.Reason;

/** A recording that cannot be sent, and why. */
public final class UnusableSource extends IOException {
  private final Reason reason;

  UnusableSource(Reason reason, String problem) {
    super(problem);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
