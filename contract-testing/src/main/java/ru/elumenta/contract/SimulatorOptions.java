package ru.elumenta.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.simulator.FaultCatalog;

/** What the simulator as a program was told, all of it checked before anything is started. */
final class SimulatorOptions {
  static final String HELP =
      """
      The documented Elumenta service on this machine, without the models. Options, each as name=value:

        port=8080        where it listens, on 127.0.0.1 only; 0 for any free port
        plan=vip         of the user: free, basic, pro, vip, elite
        balance=1500     of the user, in tokens
        dialect=first    the form of the answers: first, second
        seed=1           what decides keys, tokens and the length of jobs
        log=findings     what is printed: all requests, findings (what does not obey the contract), none
        fault=operation:name:times:argument=value,argument=value
                         any number of times; the operation may be * for any, times may be always (it
                         is 1 if left out), and so may the arguments be left out:
                           fault=createGeneration:modelUnavailable:2
                           fault=listHistory:lateRows:always:time=3m
                           fault=*:rowClock:always:ahead=-5s
        --help           prints this

      A page at its address shows what happens. Programs ask and drive it at /__elumenta/.
      Ctrl-C ends it. Exit codes: 0 ended, 2 an option is wrong or the port is taken.

      Faults:
      """;

  private static final List<String> NAMES =
      List.of("port", "plan", "balance", "dialect", "seed", "log", "fault");
  private static final int LAST_PORT = 65_535;

  int port = 8080;
  Plan plan = Plan.VIP;
  long balance = 1500;
  Dialect dialect = Dialect.FIRST;
  long seed = 1;
  Log log = Log.FINDINGS;
  final List<Arming> armings = new ArrayList<>();

  /** What is printed. */
  enum Log {
    ALL,
    FINDINGS,
    NONE
  }

  /** A fault and what it is for; the operation is null for any. */
  record Arming(@Nullable String operation, Fault fault, int times) {}

  private SimulatorOptions() {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with a sentence that lists what is possible
   */
  static SimulatorOptions of(List<String> arguments) {
    SimulatorOptions options = new SimulatorOptions();
    for (String each : arguments) {
      String[] parts = each.split("=", 2);
      if (parts.length < 2 || !NAMES.contains(parts[0])) {
        throw new IllegalArgumentException(
            "Unknown option %s; there are %s, each as name=value, and --help."
                .formatted(each, String.join(", ", NAMES)));
      }
      options.set(parts[0], parts[1]);
    }
    return options;
  }

  private void set(String name, String value) {
    switch (name) {
      case "port" -> port = (int) number(name, value, 0, LAST_PORT);
      case "balance" -> balance = number(name, value, 0, Long.MAX_VALUE);
      case "seed" -> seed = number(name, value, Long.MIN_VALUE, Long.MAX_VALUE);
      case "plan" -> plan = word(name, value, Plan.values());
      case "dialect" -> dialect = word(name, value, Dialect.values());
      case "log" -> log = word(name, value, Log.values());
      default -> armings.add(arming(value));
    }
  }

  private static long number(String name, String value, long least, long most) {
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new IllegalArgumentException(
        "%s is '%s', and must be a whole number%s."
            .formatted(
                name,
                value,
                least == Long.MIN_VALUE
                    ? ""
                    : most == Long.MAX_VALUE
                        ? " from %d on".formatted(least)
                        : " from %d to %d".formatted(least, most)));
  }

  private static <E extends Enum<E>> E word(String name, String value, E[] words) {
    return Stream.of(words)
        .filter(each -> each.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is '%s', and must be one of %s."
                        .formatted(
                            name,
                            value,
                            Stream.of(words)
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }

  private static Arming arming(String value) {
    String[] parts = value.split(":", 4);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "fault is '%s', and must be operation:name:times, as in createGeneration:modelUnavailable:2."
              .formatted(value));
    }
    String operation = parts[0].equals("*") || parts[0].isEmpty() ? null : parts[0];
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String each :
        parts.length < 4 || parts[3].isEmpty() ? new String[0] : parts[3].split(",")) {
      String[] argument = each.split("=", 2);
      arguments.put(argument[0], argument.length == 2 ? argument[1] : "");
    }
    Fault fault = FaultCatalog.fault(parts[1], arguments);
    FaultCatalog.check(fault, operation);
    String times = parts.length > 2 ? parts[2] : "1";
    return new Arming(
        operation,
        fault,
        times.equals("always")
            ? Integer.MAX_VALUE
            : (int) number("times of a fault", times, 1, Integer.MAX_VALUE - 1));
  }

  static String help() {
    StringBuilder help = new StringBuilder(HELP);
    for (FaultCatalog.Entry each : FaultCatalog.entries()) {
      help.append("  ").append(each.name());
      each.parameters()
          .forEach((name, value) -> help.append(' ').append(name).append('=').append(value));
      help.append("\n      ").append(each.says()).append('\n');
    }
    return help.toString();
  }
}
