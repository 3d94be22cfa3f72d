package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
  void aBatchIsPricedPaidOnceAndNotAgainWhenItIsRunAgain(
      ElumentaSimulator service, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("prompts.csv"), "prompt\nA pier\n\"A boat, red\"\nA gull\n");

    assertThat(Printed.by(() -> Batches.print(service.client(), service.apiKey(), folder)))
        .containsExactly("15 tokens for 3 pictures", "FINISHED, 15 tokens spent");
    assertThat(Printed.by(() -> Batches.print(service.client(), service.apiKey(), folder)))
        .containsExactly("0 tokens for 0 pictures", "FINISHED, 15 tokens spent");

    assertThat(service.charges()).isEqualTo(3);
    assertThat(service.requests("calculatePrice")).as("of both runs, and a dry one").isEqualTo(2);
    try (Stream<Path> files = Files.list(folder.resolve("pictures").resolve("files"))) {
      assertThat(files).hasSize(3).allSatisfy(each -> assertThat(each).isNotEmptyFile());
    }
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
