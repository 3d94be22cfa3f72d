package ru.elumenta.contract.simulator;

import java.time.Instant;
import java.util.List;
import ru.elumenta.contract.scenario.Plan;

/**
 * The account of the first user at one moment.
 *
 * @param time by the service's clock
 * @param generations how many were begun
 * @param windows empty for a plan without limits
 * @param jobs what is under way, the newest first
 */
public record Overview(
    Instant time,
    Plan plan,
    long balance,
    int generations,
    int charges,
    long tokensCharged,
    int doubleCharges,
    int requestsTooEarly,
    List<Window> windows,
    List<Job> jobs) {

  /** How many generations there were in an hour or a day, by the clock. */
  public record Window(String name, int used, int limit, Instant reset) {}

  /**
   * A generation that is not finished.
   *
   * @param percent between 0 and 99
   */
  public record Job(String id, String model, String input, int percent, Instant end) {}
}
