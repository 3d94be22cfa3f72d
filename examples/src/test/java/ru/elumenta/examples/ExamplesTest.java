package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;

/** The examples, run as they are, and what they print. */
@ElumentaTest
class ExamplesTest {
  @Test
  void jobsAreSubmittedWatchedTakenUpAgainAndAwaitedTogether(
      ElumentaSimulator service, ElumentaClient elumenta) {
    List<String> printed = Printed.by(() -> Jobs.print(elumenta));

    assertThat(printed.get(0)).isEqualTo("submitted, pending");
    assertThat(printed).filteredOn(line -> line.matches("pending after \\d+ s")).isNotEmpty();
    assertThat(printed)
        .filteredOn(line -> line.matches("completed, http://.*\\.mp4, 26 tokens"))
        .hasSize(4);
    assertThat(service.generationsCreated()).isEqualTo(4);
    assertThat(service.tokensCharged()).isEqualTo(4 * 26);
  }

  @Test
  void pricesAreAskedForLimitedAndPaid(ElumentaSimulator service, ElumentaClient elumenta) {
    assertThat(Printed.by(() -> Prices.print(elumenta)))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("5 tokens; this model costs 5 to 13"),
            line -> assertThat(line).contains("it may cost 5 tokens, and 1 are allowed"),
            line -> assertThat(line).isEqualTo("charged 5, by this client 5 in all, 1495 left"));
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void theHistoryIsReadWholeInPartAndAsFarAsNeeded(
      ElumentaSimulator service, ElumentaClient elumenta) {
    assertThat(Printed.by(() -> PastGenerations.print(elumenta)))
        .containsExactly(
            "Three, 5 tokens",
            "Two, 5 tokens",
            "One, 5 tokens",
            "21 tokens in all",
            "last text: Three");
    assertThat(service.requests("listHistory")).isEqualTo(5);
  }
}
