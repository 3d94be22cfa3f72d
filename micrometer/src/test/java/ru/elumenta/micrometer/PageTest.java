package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.docs.KeyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of the page are those of the code, both ways. */
class PageTest {
  private static List<String> rows(String heading) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "observability.md"));
    String section = page.substring(page.indexOf("\n## " + heading + "\n") + 1);
    int end = section.indexOf("\n## ", 3);
    return (end < 0 ? section : section.substring(0, end))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .toList();
  }

  private static String keys(KeyName... keys) {
    return Arrays.stream(keys)
        .map(key -> "`" + key.asString() + "`")
        .collect(Collectors.joining(" "));
  }

  @Test
  void thePageHasEachObservationAndNoOther() throws Exception {
    List<String> beginnings =
        Stream.of(ElumentaObservations.values())
            .map(
                each ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            each.getName(),
                            keys(each.getLowCardinalityKeyNames()),
                            keys(each.getHighCardinalityKeyNames())))
            .toList();

    assertThat(rows("Observations")).hasSameSizeAs(beginnings);
    for (int row = 0; row < beginnings.size(); row++) {
      assertThat(rows("Observations").get(row)).startsWith(beginnings.get(row));
    }
  }

  @Test
  void thePageHasEachMeterAndNoOther() throws Exception {
    assertThat(rows("Meters"))
        .isEqualTo(
            Stream.of(ElumentaMeters.values())
                .map(
                    each ->
                        "| `%s` | %s | %s | %s |"
                            .formatted(
                                each.getName(),
                                each.getType().name().toLowerCase(Locale.ROOT),
                                keys(each.getKeyNames()),
                                each.description()))
                .toList());
  }

  @Test
  void thePageSaysWhatEachAttributeIs() throws Exception {
    Set<String> onPage =
        rows("Attributes").stream().map(row -> row.split("`")[1]).collect(Collectors.toSet());
    Set<String> keys =
        Stream.concat(
                Stream.of(ElumentaKeys.LowCardinality.values()),
                Stream.of(ElumentaKeys.HighCardinality.values()))
            .map(KeyName::asString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(onPage).isEqualTo(keys);
  }
}
