package ru.elumenta.contract.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.scenario.AnswerFaults;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.RowFaults;
import ru.elumenta.contract.scenario.StreamFaults;

/** Every fault has a name by which it can be armed from outside. */
class FaultCatalogTest {
  @Test
  void everyFaultThatCodeCanMakeHasAnEntryWithAsManyParameters() {
    List<String> made =
        Stream.of(Fault.class, RowFaults.class, AnswerFaults.class, StreamFaults.class)
            .flatMap(type -> Stream.of(type.getDeclaredMethods()))
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .filter(method -> method.getReturnType() == Fault.class)
            .map(method -> method.getName() + method.getParameterCount())
            .toList();

    assertThat(FaultCatalog.entries())
        .extracting(entry -> entry.name() + entry.parameters().size())
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void everyEntryMakesAFaultThatCanComeToSomething() {
    for (FaultCatalog.Entry entry : FaultCatalog.entries()) {
      assertThat(entry.operations()).as(entry.name()).isNotEmpty();
      assertThat(entry.says()).isNotBlank();
      assertThat(FaultCatalog.fault(entry.name(), Map.of())).isNotNull();
    }
  }

  @Test
  void durationsAreReadAsPeopleWriteThem() {
    assertThat(DurationText.parse("90")).isEqualTo(Duration.ofSeconds(90));
    assertThat(DurationText.parse("-5s")).isEqualTo(Duration.ofSeconds(-5));
    assertThat(DurationText.parse(" 250ms ")).isEqualTo(Duration.ofMillis(250));
    assertThat(DurationText.parse("3 M")).isEqualTo(Duration.ofMinutes(3));
    assertThat(DurationText.parse("PT1H30M")).isEqualTo(Duration.ofMinutes(90));
    for (String wrong : List.of("", "soon", "5 weeks", "999999999d", "PT")) {
      assertThatThrownBy(() -> DurationText.parse(wrong)).hasMessageContaining("is no duration");
    }
  }
}
