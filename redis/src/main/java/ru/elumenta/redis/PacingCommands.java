package ru.elumenta.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.pacing.Pacing;
import ru.elumenta.client.pacing.TurnEnd;
import ru.elumenta.error.RateLimits;

/**
 * What the pacing has Redis do: three scripts, over the keys of one account. Times are durations,
 * so that no machine's clock is compared with another's; the server's is the only one. Thread-safe.
 */
final class PacingCommands {
  /** In place of how many answers had come, if that was not told. */
  static final long UNKNOWN = -1;

  private static final String NOW = "pacing-now";
  private static final Script ASK = Script.of("pacing-ask", NOW);
  private static final Script END = Script.of("pacing-end", NOW);
  private static final Script KEEP = Script.of("pacing-keep", NOW);
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(61);
  private static final Duration LONGEST_REFUSAL = Duration.ofDays(36_500);

  /** An hour that nobody asks in is forgotten with what came before. */
  private static final String KEPT = String.valueOf(Duration.ofHours(2).toMillis());

  private static final String TRIAL = String.valueOf(Pacing.TRIAL_AFTER.toMillis());

  private final FleetConnection connection;
  private final TimeSource time;
  private final String lease;
  private final List<String> keys;

  /** What a request may be held back by, as the script numbers it. */
  enum Reason {
    NOTHING,
    ACCOUNT,
    OTHERS
  }

  /**
   * What a request is told that asks to be sent.
   *
   * @param held for how long it is held back; zero if it is not
   * @param answers how many had come by then
   */
  record Answer(Reason reason, Duration held, long answers) {}

  PacingCommands(FleetConnection connection, TimeSource time) {
    this.connection = connection;
    this.time = time;
    FleetOptions options = connection.options();
    this.lease = String.valueOf(options.lease().toMillis());
    this.keys =
        List.of(
            options.key("pacing"),
            options.key("pacing:turns"),
            options.key("pacing:queue"),
            options.key("pacing:places"));
  }

  /** Zero has the server look at its own clock. */
  private String now() {
    return time == TimeSource.system() ? "0" : String.valueOf(time.now().toEpochMilli());
  }

  /** Asks for permission to send. */
  Answer ask(String id, int mostAtOnce, Duration patience) throws RedisFailure {
    List<Object> answer =
        connection.run(
            ASK,
            keys,
            List.of(now(), id, lease, String.valueOf(mostAtOnce), TRIAL, KEPT),
            patience);
    return new Answer(
        Reason.values()[(int) number(answer.get(1))],
        Duration.ofMillis(number(answer.get(0))),
        number(answer.get(2)));
  }

  private static long number(Object value) {
    return (Long) value;
  }

  /** Tells what became of a request; does not wait for it to be heard. */
  CompletableFuture<?> end(String id, TurnEnd end, long answersBefore) {
    List<String> arguments = new ArrayList<>();
    arguments.add(now());
    arguments.add(id);
    arguments.add(KEPT);
    arguments.add(
        switch (end.state()) {
          case NOT_SENT -> "0";
          case LOST -> "1";
          case ANSWERED -> "2";
        });
    arguments.add(String.valueOf(answersBefore));
    arguments.add(TRIAL);
    arguments.add(end.refusedFor().map(PacingCommands::capped).orElse(""));
    RateLimits.Window hour = end.limits().map(RateLimits::hour).orElse(null);
    arguments.add(hour == null ? "" : text(hour.limit()));
    arguments.add(hour == null ? "" : text(hour.remaining()));
    arguments.add(hour == null ? "" : untilEnd(hour, end.clockAhead()));
    RateLimits.Window day = end.limits().map(RateLimits::day).orElse(null);
    arguments.add(day == null ? "" : text(day.limit()));
    arguments.add(day == null ? "" : text(day.remaining()));
    return connection.start(END, keys, arguments);
  }

  private static String capped(Duration refusal) {
    return String.valueOf(
        (refusal.compareTo(LONGEST_REFUSAL) > 0 ? LONGEST_REFUSAL : refusal).toMillis());
  }

  /** What is no number of requests is not said. */
  private static String text(OptionalLong number) {
    return number.isPresent() && Math.abs(number.getAsLong()) < 1L << 50
        ? String.valueOf(Math.max(0, number.getAsLong()))
        : "";
  }

  private String untilEnd(RateLimits.Window hour, Duration clockAhead) {
    return hour.reset()
        .map(reset -> Duration.between(time.now().plus(clockAhead), reset))
        .filter(until -> until.abs().compareTo(LONGEST_WINDOW) <= 0) // else no window of an hour
        .map(until -> String.valueOf(until.toMillis()))
        .orElse("");
  }

  /** Tells that this machine still has these turns; does not wait for it to be heard. */
  CompletableFuture<?> keep(Collection<String> ids) {
    List<String> arguments = new ArrayList<>(List.of(now(), lease, KEPT));
    arguments.addAll(ids);
    return connection.start(KEEP, List.of(keys.get(1)), arguments);
  }
}
