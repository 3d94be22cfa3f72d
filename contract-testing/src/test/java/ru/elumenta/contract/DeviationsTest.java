package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.contract.exchange.Side.REQUEST;
import static ru.elumenta.contract.exchange.Side.RESPONSE;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/** A documented sample with one thing changed has one finding, and it names that thing. */
class DeviationsTest {
  private final ContractValidator strict =
      ContractValidator.standard().withResponses(Strictness.STRICT);

  /**
   * A sample with one change.
   *
   * @param story what was changed
   * @param operation the operation of the finding
   */
  record Deviation(
      String story, SampleExchange sample, String operation, Side side, String place, Rule rule) {
    @Override
    public String toString() {
      return story;
    }
  }

  static Stream<Deviation> deviations() {
    return Stream.of(RequestDeviations.all(), ResponseDeviations.all()).flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("deviations")
  void isFound(Deviation deviation) {
    assertThat(strict.check(deviation.sample().build()))
        .as("findings")
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.operation()).isEqualTo(deviation.operation());
              assertThat(finding.side()).isEqualTo(deviation.side());
              assertThat(finding.place()).isEqualTo(deviation.place());
              assertThat(finding.rule()).isEqualTo(deviation.rule());
              assertThat(finding.expected()).isNotBlank();
              assertThat(finding.found()).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("deviations")
  void showsNoSecret(Deviation deviation) {
    assertThat(strict.check(deviation.sample().build()).toString())
        .doesNotContain("SECRETKEY")
        .doesNotContain("hunter2");
  }

  @Test
  void thereIsADeviationForEveryRuleThatTheContractUses() {
    Set<Rule> seen = deviations().map(Deviation::rule).collect(Collectors.toSet());

    // MISSING_PARAMETER, PATTERN, ALTERNATIVES and SCHEMA: see OtherContractTest.
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(
                EnumSet.of(Rule.MISSING_PARAMETER, Rule.PATTERN, Rule.ALTERNATIVES, Rule.SCHEMA)));
    assertThat(deviations().count()).isGreaterThanOrEqualTo(40);
    assertThat(deviations().map(Deviation::side).distinct()).contains(REQUEST, RESPONSE);
  }
}
