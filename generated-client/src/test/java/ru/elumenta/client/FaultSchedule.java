package ru.elumenta.client;

import java.time.Duration;
import java.util.Random;
import ru.elumenta.client.CallOnRecord.Operation;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;

/**
 * Everything that one seed decides: the client's options, the service's habits, and what becomes of
 * each request and each sleep.
 */
final class FaultSchedule {
  /** What happens beside a request or a sleep. */
  enum Disturbance {
    NOTHING,
    ANOTHER_CALL,
    INTERRUPT,
    CLOSE
  }

  /** Scatters neighbouring seeds, whose first numbers would otherwise be much alike. */
  private static final long SCATTER = 0x9E3779B97F4A7C15L;

  private static final Fault[] FAULTS = Fault.values();

  /**
   * Rows appear at most this much after the work began. What the service begins, or shows, later
   * than about a minute after the answer got lost is the documented blind spot of the look-up and
   * must not be drawn: two seconds late to begin and 63 late to show are 65.
   */
  private static final Duration LATEST_ROW = Duration.ofSeconds(63);

  private static final Duration LATEST_BEGIN = Duration.ofSeconds(2);

  final long seed;
  final Recovery recovery;
  final Duration callTimeout;
  final Duration attemptTimeout;
  final RetryOptions retry;

  /** How far the service's clock is ahead of the client's. */
  final Duration clockSkew;

  /** Without a Date nobody can know of a skew: then nothing may be adopted that may be older. */
  final boolean datesAreSent;

  final boolean secondDialect;
  final boolean idsAreText;
  final boolean totalCountsHiddenRows;
  final int rowsPerPage;
  final long balance;

  /** Whether others make two generations a second, so that a lost one is soon not on page one. */
  private final boolean isBusyAccount;

  private final Random random;
  private final double faultsOfCreating;
  private final double faultsOfReading;
  private final double disturbances;

  FaultSchedule(long seed) {
    this.seed = seed;
    this.random = new Random(seed * SCATTER);
    int way = random.nextInt(10);
    recovery =
        switch (way) {
          case 0 -> Recovery.RESEND;
          case 1 -> Recovery.FAIL;
          case 2, 3 -> Recovery.LOOK_UP_THEN_RESEND;
          default -> Recovery.LOOK_UP;
        };
    int patience = random.nextInt(3);
    callTimeout = between(1_000, patience == 0 ? 10_000 : patience == 1 ? 60_000 : 300_000);
    attemptTimeout = between(1_000, 90_000);
    // The jitter is the one thing in the client that no seed reaches; without it a seed replays.
    retry = RetryOptions.defaults().withMaxAttempts(1 + random.nextInt(5)).withJitter(0);
    clockSkew = chance(0.4) ? Duration.ZERO : between(-600_000, 600_000);
    datesAreSent = chance(0.85);
    secondDialect = random.nextBoolean();
    idsAreText = random.nextBoolean();
    totalCountsHiddenRows = chance(0.2);
    rowsPerPage = new int[] {100, 100, 20, 7}[random.nextInt(4)];
    balance = chance(0.1) ? 1 + random.nextInt(3) : 1_000;
    isBusyAccount = chance(0.1);
    faultsOfCreating = 0.2 + 0.7 * random.nextDouble();
    faultsOfReading = random.nextBoolean() ? 0 : 0.7 * random.nextDouble();
    disturbances = random.nextBoolean() ? 0 : 0.1 * random.nextDouble();
  }

  Fault faultOf(Operation operation) {
    return chance(operation == Operation.CREATE ? faultsOfCreating : faultsOfReading)
        ? FAULTS[1 + random.nextInt(FAULTS.length - 1)]
        : Fault.NONE;
  }

  Duration latencyOf(Fault fault) {
    return fault == Fault.SLOW ? between(2_000, 100_000) : between(5, 2_000);
  }

  Disturbance disturbanceOfRequest() {
    return disturbance(chance(0.1));
  }

  Disturbance disturbanceOfSleep() {
    return disturbance(chance(0.05));
  }

  private Disturbance disturbance(boolean isAnotherCall) {
    if (isAnotherCall) {
      return Disturbance.ANOTHER_CALL;
    }
    if (!chance(disturbances)) {
      return Disturbance.NOTHING;
    }
    return chance(0.3) ? Disturbance.CLOSE : Disturbance.INTERRUPT;
  }

  /** When the work for a request begins, that is sent now and answered or lost later. */
  Duration beginOfWork(Fault fault, Duration sent, Duration answered) {
    return fault.isSilent && chance(0.25)
        ? answered.plus(portionOf(LATEST_BEGIN))
        : sent.plus(portionOf(answered.minus(sent)));
  }

  Duration delayOfRow() {
    return chance(0.4) ? Duration.ZERO : portionOf(LATEST_ROW);
  }

  /** Within the three seconds that the look-up forgives, even where fractions are cut off. */
  Duration earlinessOfStamp() {
    return chance(0.5) ? Duration.ZERO : portionOf(Duration.ofSeconds(2));
  }

  Duration timeToFinish() {
    return chance(0.7) ? Duration.ZERO : between(1, 40_000);
  }

  int rowsOfStrangers() {
    return isBusyAccount ? 240 : upTo(40);
  }

  Duration momentOfAStranger() {
    return isBusyAccount ? between(-20_000, 100_000) : between(-600_000, 120_000);
  }

  Duration namedWait() {
    return chance(0.05) ? between(60_000, 900_000) : between(100, 20_000);
  }

  Duration portionOf(Duration whole) {
    return Duration.ofMillis((long) (whole.toMillis() * random.nextDouble()));
  }

  Duration between(long leastMillis, long mostMillis) {
    return Duration.ofMillis(
        leastMillis + (long) ((mostMillis - leastMillis) * random.nextDouble()));
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  int upTo(int most) {
    return random.nextInt(most + 1);
  }

  @Override
  public String toString() {
    return ("seed %d: %s, %d attempts of %s in %s, clock of the service ahead by %s, dates %s,"
            + " %s dialect, %d rows per page, balance %d")
        .formatted(
            seed,
            recovery,
            retry.maxAttempts(),
            attemptTimeout,
            callTimeout,
            clockSkew,
            datesAreSent ? "sent" : "not sent",
            secondDialect ? "second" : "first",
            rowsPerPage,
            balance);
  }
}
