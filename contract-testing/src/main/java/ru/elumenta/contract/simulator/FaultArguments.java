package ru.elumenta.contract.simulator;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was given with the name of a fault. */
public final class FaultArguments {
  private final String fault;
  private final Map<String, String> values;

  FaultArguments(String fault, Map<String, String> values) {
    this.fault = fault;
    this.values = values;
  }

  String text(String name) {
    return values.get(name);
  }

  Duration time(String name) {
    return DurationText.parse(values.get(name));
  }

  Duration positive(String name) {
    Duration time = time(name);
    if (time.isNegative()) {
      throw wrong(name, "a duration that is not negative");
    }
    return time;
  }

  int number(String name) {
    try {
      return Integer.parseInt(values.get(name).strip());
    } catch (NumberFormatException e) {
      throw wrong(name, "a number");
    }
  }

  int status() {
    int status = number("status");
    if (status < 200 || status > 599) {
      throw wrong("status", "a status between 200 and 599");
    }
    return status;
  }

  <E extends Enum<E>> E word(String name, Class<E> words) {
    String given = values.get(name).strip().toUpperCase(Locale.ROOT);
    return Stream.of(words.getEnumConstants())
        .filter(each -> each.name().equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    name,
                    "one of "
                        + Stream.of(words.getEnumConstants())
                            .map(each -> each.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))));
  }

  private IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(
        "The fault %s has %s '%s', which must be %s."
            .formatted(fault, name, values.get(name), what));
  }
}
