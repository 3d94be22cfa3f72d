package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is documented is what there is, meters and spans, each with its attributes. */
class DocumentationTest {
  private static final String ACTIVE = ".active";
  private final Everything told = Everything.told();

  private static Set<String> names(KeyName... keys) {
    return Arrays.stream(keys)
        .map(KeyName::asString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Set<String>> documented() {
    Map<String, Set<String>> meters = new TreeMap<>();
    for (ElumentaMeters meter : ElumentaMeters.values()) {
      meters.put(meter.getName(), names(meter.getKeyNames()));
    }
    for (ElumentaObservations observation : ElumentaObservations.values()) {
      Set<String> keys = names(observation.getLowCardinalityKeyNames());
      meters.put(observation.getName() + ACTIVE, keys);
      Set<String> withError = new TreeSet<>(keys);
      withError.add("error"); // by Micrometer
      meters.put(observation.getName(), withError);
    }
    return meters;
  }

  @Test
  void eachMeterThatIsDocumentedIsThereWithItsTagsAndNoOther() {
    Map<String, Set<String>> there = new TreeMap<>();
    for (Meter meter : told.meters()) {
      Set<String> tags =
          meter.getId().getTags().stream()
              .map(Tag::getKey)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> before = there.put(meter.getId().getName(), tags);
      assertThat(before == null ? tags : before).as("%s", meter.getId()).isEqualTo(tags);
    }

    assertThat(there).isEqualTo(documented());
  }

  @Test
  void eachMeterIsOfItsTypeAndUnit() {
    for (ElumentaMeters meter : ElumentaMeters.values()) {
      assertThat(told.meters())
          .filteredOn(each -> each.getId().getName().equals(meter.getName()))
          .isNotEmpty()
          .allSatisfy(
              each -> {
                assertThat(each.getId().getType()).isEqualTo(meter.getType());
                assertThat(each.getId().getBaseUnit()).isEqualTo(meter.getBaseUnit());
                assertThat(each.getId().getDescription()).isEqualTo(meter.description());
              });
    }
  }

  @Test
  void eachAttributeOfASpanIsDocumentedAndSeen() {
    for (ElumentaObservations observation : ElumentaObservations.values()) {
      Set<String> low = names(observation.getLowCardinalityKeyNames());
      Set<String> all = new TreeSet<>(low);
      all.addAll(names(observation.getHighCardinalityKeyNames()));
      Set<String> seen =
          told.spans().stream()
              .map(span -> span.getTags().keySet())
              .filter(keys -> isOf(observation, keys))
              .peek(keys -> assertThat(keys).containsAll(low))
              .flatMap(Set::stream)
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(seen).as(observation.getName()).isEqualTo(all);
    }
  }

  /** Each has one attribute that no other has. */
  private static boolean isOf(ElumentaObservations observation, Set<String> keys) {
    return keys.contains(
        switch (observation) {
          case CALL -> "elumenta.attempts";
          case ATTEMPT -> "http.request.method";
          case LOOK_UP -> "elumenta.finding";
          case JOB -> "elumenta.polls";
          case STREAM -> "elumenta.events";
          case DOWNLOAD -> "elumenta.bytes";
        });
  }

  @Test
  void tokensOfElumentaAreNeverThoseOfAText() {
    assertThat(told.meters())
        .extracting(meter -> meter.getId().getName())
        .doesNotContain("gen_ai.client.token.usage");
    assertThat(told.spans())
        .flatExtracting(span -> span.getTags().keySet())
        .noneMatch(key -> key.startsWith("gen_ai.usage"));
  }

  @Test
  void whatWasAskedForIsNowhere() {
    assertThat(told.scrape()).doesNotContainIgnoringCase("lighthouse");
    assertThat(
            told.spans().stream()
                .flatMap(
                    span ->
                        Stream.of(
                            span.getName(),
                            span.getTags().toString(),
                            String.valueOf(span.getError()))))
        .noneMatch(text -> text.contains("lighthouse"));
  }
}
