package ru.elumenta.client.internal.call;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.event.GiveUpReason;
import ru.elumenta.client.event.LookUpEnd;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.NotThere;
import ru.elumenta.client.internal.call.OutcomeLookUp.Perhaps;
import ru.elumenta.client.internal.call.OutcomeLookUp.Ran;
import ru.elumenta.client.internal.call.OutcomeLookUp.Tracked;
import ru.elumenta.client.internal.call.OutcomeLookUp.Unclear;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.TransportException;

/** What is done about a paid request whose answer was lost. Used by one thread. */
final class LostAnswer {
  /** A connection lost later than this may have been lost because the work took its time. */
  private static final Duration MOMENTS = Duration.ofSeconds(5);

  private final CallSettings settings;
  private final CallRecord record;
  private final CallReport report;
  private boolean isSentAgain; // which happens once

  LostAnswer(CallSettings settings, CallRecord record, CallReport report) {
    this.settings = settings;
    this.record = record;
    this.report = report;
  }

  /**
   * Returns what the lost request made, if the history shows it; else empty if it may be sent
   * again, by choice and once.
   *
   * @param lostAfter the time from sending to losing it
   * @throws ElumentaException if neither
   */
  Optional<Found> recovered(Tracked call, ElumentaException failure, Duration lostAfter) {
    boolean mayBeSentAgain = !isSentAgain && isLostAtOnce(failure, lostAfter);
    Finding finding = found(call, failure, mayBeSentAgain);
    if (finding instanceof Found found) {
      report.recovered(found.id());
      return Optional.of(found);
    }
    if (finding instanceof Ran ran) {
      ran.failure().addSuppressed(failure);
      report.gaveUp(ran.failure(), GiveUpReason.NOT_TRANSIENT);
      throw ran.failure();
    }
    if (finding instanceof NotThere && mayBeSentAgain) {
      isSentAgain = true;
      return Optional.empty();
    }
    if (finding instanceof Unclear unclear && unclear.failure() != null) {
      failure.addSuppressed(unclear.failure());
    }
    throw record.ended(failure, inVain(failure, why(finding)));
  }

  private Finding found(Tracked call, ElumentaException failure, boolean mayBeSentAgain) {
    Duration before = record.deadline().elapsed();
    LookUpEnd.Finding told = LookUpEnd.Finding.UNCLEAR;
    report.lookUpStarted(failure);
    try {
      Finding finding = call.find(record.deadline(), mayBeSentAgain);
      told = told(finding);
      return finding;
    } finally {
      report.lookUpEnded(record.deadline().elapsed().minus(before), told);
    }
  }

  private static LookUpEnd.Finding told(Finding finding) {
    if (finding instanceof Found) {
      return LookUpEnd.Finding.FOUND;
    }
    if (finding instanceof Ran) {
      return LookUpEnd.Finding.RAN;
    }
    if (finding instanceof Perhaps) {
      return LookUpEnd.Finding.PERHAPS;
    }
    return finding instanceof NotThere ? LookUpEnd.Finding.NOT_SHOWN : LookUpEnd.Finding.UNCLEAR;
  }

  /** Only by choice, and after a connection that was lost before much can have happened. */
  private boolean isLostAtOnce(ElumentaException failure, Duration lostAfter) {
    return settings.recovery() == Recovery.LOOK_UP_THEN_RESEND
        && failure instanceof TransportException
        && lostAfter.compareTo(MOMENTS) <= 0;
  }

  private static String why(Finding finding) {
    if (finding instanceof Unclear unclear) {
      return unclear.because();
    }
    return finding instanceof Perhaps perhaps
        ? "The history shows generations that may be it%s."
            .formatted(perhaps.ids().isEmpty() ? "" : ": " + perhaps.ids())
        : "The history does not show it so far, which does not prove that it did not run.";
  }

  private static GiveUp inVain(ElumentaException failure, String because) {
    return new GiveUp(
        failure.isTransient() ? GiveUpReason.OUTCOME_UNKNOWN : GiveUpReason.NOT_TRANSIENT,
        Optional.of("It was looked for in the history, in vain: " + because));
  }
}
