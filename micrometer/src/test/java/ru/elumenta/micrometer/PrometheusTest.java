package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of {@code promtool check metrics}, held against what Prometheus is given. */
class PrometheusTest {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");
  private static final Set<String> NOT_BASE =
      Set.of(
          "milliseconds",
          "microseconds",
          "nanoseconds",
          "minutes",
          "hours",
          "days",
          "kilobytes",
          "megabytes",
          "bits",
          "percent");
  private static final Set<String> ABBREVIATED =
      Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "m", "h", "d");
  private static final Set<String> TYPES = Set.of("gauge", "counter", "summary", "histogram");

  private static List<String> problems(String text) {
    Exposition told = new Exposition(text);
    List<String> problems = new ArrayList<>(told.unreadable);
    told.families.forEach((name, family) -> check(name, family, problems));
    for (Set<String> labels : told.labels.values()) {
      labels.stream()
          .filter(label -> !NAME.matcher(label).matches())
          .forEach(label -> problems.add(label + " is no name of a label"));
    }
    return problems;
  }

  private static void check(String name, Exposition.Family family, List<String> problems) {
    List<String> words = Arrays.asList(name.split("_"));
    boolean isCounter = family.type().equals("counter");
    if (!NAME.matcher(name).matches()) {
      problems.add(name + " is not in lower case with single underscores");
    }
    if (isCounter != name.endsWith("_total")) {
      problems.add(name + " is a " + family.type() + ": counters, and they alone, end in _total");
    }
    if (name.endsWith("_count") || name.endsWith("_sum") || name.endsWith("_bucket")) {
      problems.add(name + " ends like a part of a histogram");
    }
    words.stream()
        .filter(word -> NOT_BASE.contains(word) || ABBREVIATED.contains(word))
        .forEach(word -> problems.add(name + " has " + word + ", which is no base unit"));
    words.stream()
        .filter(TYPES::contains)
        .forEach(word -> problems.add(name + " has its type in its name"));
    if (family.help().isEmpty() && !isTimerOfAnObservation(name)) {
      problems.add(name + " has no help");
    }
  }

  /** Micrometer gives the timers of observations no description. */
  private static boolean isTimerOfAnObservation(String name) {
    return Arrays.stream(ElumentaObservations.values())
        .map(observation -> observation.getName().replace('.', '_'))
        .anyMatch(name::startsWith);
  }

  @Test
  void namesTypesAndUnitsAreWellFormed() {
    assertThat(problems(Everything.told().scrape())).isEmpty();
  }

  @Test
  void theRulesFindWhatIsNot() {
    assertThat(
            problems(
                """
                # HELP a_counter_ms
                # TYPE a_counter_ms counter
                a_counter_ms{aB="1"} 1
                what is this
                """))
        .containsExactly(
            "what is this",
            "a_counter_ms is a counter: counters, and they alone, end in _total",
            "a_counter_ms has ms, which is no base unit",
            "a_counter_ms has its type in its name",
            "a_counter_ms has no help",
            "aB is no name of a label");
  }

  @Test
  void histogramsReachAsFarAsAVideo() {
    assertThat(Everything.told().scrape())
        .containsPattern("gen_ai_client_operation_duration_seconds_bucket\\{.*le=\"0.04\"}")
        .containsPattern("gen_ai_client_operation_duration_seconds_bucket\\{.*le=\"1800.0\"}");
  }
}
