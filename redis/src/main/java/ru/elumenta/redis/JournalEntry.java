package ru.elumenta.redis;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import ru.elumenta.client.journal.OpenCall;

/**
 * A call as it is kept: {@code owner|ahead|lost|call}, which scripts take apart at the bars.
 *
 * @param owner the process that sent it
 * @param ahead by how many microseconds Redis was ahead of its clock; empty if it did not know
 * @param lostAt when it was given up, by its clock; empty if it was not
 */
record JournalEntry(String owner, OptionalLong ahead, Optional<Instant> lostAt, OpenCall call) {
  /**
   * Less than that may be a difference between measurements, and is of no concern to those who
   * compare times with rows of the history.
   */
  private static final Duration LEAST_SHIFT = Duration.ofSeconds(1);

  private static final int PARTS = 4;

  String encoded() {
    String ahead = this.ahead.isPresent() ? String.valueOf(this.ahead.getAsLong()) : "";
    return String.join("|", owner, ahead, lostAt.map(Instant::toString).orElse(""), call.encoded());
  }

  static JournalEntry decode(String text) {
    String[] parts = text.split("\\|", PARTS);
    if (parts.length < PARTS) {
      throw new IllegalArgumentException("It is no entry of a journal.");
    }
    return new JournalEntry(
        parts[0],
        parts[1].isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(parts[1])),
        parts[2].isEmpty() ? Optional.empty() : Optional.of(Instant.parse(parts[2])),
        OpenCall.decode(parts[3]));
  }

  /**
   * Returns the call as it is now, by the clock of this machine.
   *
   * @param living the owners that live
   * @param here by how many microseconds Redis is ahead of this machine
   */
  OpenCall seen(Set<String> living, OptionalLong here) {
    OpenCall now = lostAt.map(call::lost).orElse(call);
    OpenCall known = living.contains(owner) ? now : now.abandoned();
    if (ahead.isEmpty() || here.isEmpty()) {
      return known;
    }
    Duration shift = Duration.of(ahead.getAsLong() - here.getAsLong(), ChronoUnit.MICROS);
    return shift.abs().compareTo(LEAST_SHIFT) < 0 ? known : shifted(known, shift);
  }

  private static OpenCall shifted(OpenCall call, Duration by) {
    return new OpenCall(
        call.id(),
        call.operation(),
        call.model(),
        call.request(),
        call.openedAt().plus(by),
        call.lastSentAt().plus(by),
        call.clockSkew().map(skew -> skew.minus(by)),
        call.attempts(),
        call.state(),
        call.lostAt().map(at -> at.plus(by)));
  }
}
