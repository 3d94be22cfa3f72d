package ru.elumenta.client.internal.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.recovery.RowClock.Difference;

/** What answers tell of the clock that stamps generations. */
class RowClockTest {
  private static final Instant NOON = Instant.parse("2026-03-08T12:00:00Z");

  private final RowClock clock = new RowClock();

  private void learn(double sent, double received, double created) {
    clock.learn(at(sent), at(received), at(created));
  }

  private static Instant at(double seconds) {
    return NOON.plusMillis(Math.round(seconds * 1e3));
  }

  private void assertKnown(double least, double most) {
    assertThat(clock.known())
        .contains(
            new Difference(
                Duration.ofMillis(Math.round(least * 1e3)),
                Duration.ofMillis(Math.round(most * 1e3))));
  }

  @Test
  void whatIsAnsweredAtOnceWasCreatedBetweenSendingAndReceiving() {
    assertThat(clock.known()).isEmpty();

    learn(0, 2, 101);

    assertKnown(99, 101);
  }

  @Test
  void aClockThatIsBehindOrInAnotherZoneIsMeasuredTheSameWay() {
    learn(0, 1, -3_600);

    assertKnown(-3_601, -3_600);
  }

  @Test
  void eachAnswerNarrowsWhatIsKnown() {
    learn(0, 4, 103);
    learn(10, 12, 111);
    learn(20, 29, 125);

    assertKnown(99, 101);
  }

  @Test
  void anAnswerThatContradictsWhatWasKnownShowsThatAClockWasSet() {
    learn(0, 1, 100);
    learn(10, 11, 50);

    assertKnown(39, 40);
  }

  @Test
  void aSlowAnswerTellsNothing() {
    learn(0, 11, 5);

    assertThat(clock.known()).isEmpty();
  }
}
