package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * No schedule of faults makes a call pay twice. Thousands of them, each drawn from a seed, are
 * played against a model of the service that keeps the books.
 *
 * <p>{@code -Delumenta.charges.schedules=100000} plays more of them; {@code
 * -Delumenta.charges.seed=17} plays one again, and prints what was sent.
 */
class ChargesTest {
  private static final Long ONE_SEED = Long.getLong("elumenta.charges.seed");
  private static final long SCHEDULES = Long.getLong("elumenta.charges.schedules", 3_000);

  /** What happens as rarely as this is as good as not drawn. */
  private static final int PER_THOUSAND_SCHEDULES = 5;

  private static final List<String> ENDINGS =
      List.of(
          "returned",
          "recovered",
          "sent again",
          "sent again after a look-up",
          "unknown after a look-up",
          "looked for beside its like",
          "interchanged",
          "interrupted",
          "of a client that was closed early",
          "paid twice by RESEND",
          "failed NOT_EXECUTED",
          "failed UNKNOWN",
          "failed EXECUTED",
          "CallInterruptedException",
          "CallTimeoutException",
          "InsufficientTokensException",
          "ModelUnavailableException",
          "OutcomeUnknownException",
          "ProviderException",
          "RateLimitException",
          "ResponseFormatException",
          "TransportException",
          "UnexpectedResponseException",
          "WaitTimeoutException");

  private final ChargeTally tally = new ChargeTally();

  @Test
  void noScheduleOfFaultsMakesACallPayTwice() {
    if (ONE_SEED != null) {
      System.out.println(play(ONE_SEED));
      return;
    }
    LongStream.rangeClosed(1, SCHEDULES).forEach(this::play);
    System.out.println(tally);
    everythingThatCanHappenDid();
  }

  private ChargeStory play(long seed) {
    ChargeStory story = new ChargeStory(seed).played();
    assertThat(new PaidPromises(story).broken())
        .as(() -> "-Delumenta.charges.seed=%d plays this again:%n%s%n".formatted(seed, story))
        .isEmpty();
    tally.add(story);
    return story;
  }

  private void everythingThatCanHappenDid() {
    int least = (int) (SCHEDULES * PER_THOUSAND_SCHEDULES / 1_000);
    assertThat(tally.faultsOfCreating).containsOnlyKeys(Fault.values());
    assertThat(tally.faultsOfReading).containsOnlyKeys(Fault.values());
    assertThat(tally.faultsOfCreating.values()).allMatch(times -> times >= least);
    assertThat(tally.faultsOfReading.values()).allMatch(times -> times >= least);
    assertThat(ENDINGS).allMatch(ending -> tally.endings.getOrDefault(ending, 0) >= least);
  }
}
