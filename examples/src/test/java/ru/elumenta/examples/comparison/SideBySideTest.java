package ru.elumenta.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import ru.elumenta.examples.comparison.SideBySide.Row;

/** What docs/side-by-side.md says of three clients, measured. */
class SideBySideTest {
  private static List<Row> rows;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    rows = SideBySide.run();
  }

  private static Set<Trouble> paidTwiceBy(Contender contender) {
    return rows.stream()
        .filter(row -> row.contender() == contender && row.isPaidTwice())
        .map(Row::trouble)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trouble.class)));
  }

  private static Set<Trouble> lostBy(Contender contender) {
    return rows.stream()
        .filter(row -> row.contender() == contender && row.isLost())
        .map(Row::trouble)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trouble.class)));
  }

  @Test
  void thisClientPaysOnceAndGetsWhatItPaidFor() {
    assertThat(paidTwiceBy(Contender.ELUMENTA_CLIENT)).isEmpty();
    assertThat(lostBy(Contender.ELUMENTA_CLIENT)).isEmpty();
    assertThat(rows)
        .filteredOn(row -> row.contender() == Contender.ELUMENTA_CLIENT)
        .allSatisfy(row -> assertThat(row.early()).isZero())
        .filteredOn(row -> row.trouble() != Trouble.BROKE)
        .allSatisfy(row -> assertThat(row.charges()).isEqualTo(1));
  }

  @Test
  void theDocumentationsLoopPaysTwiceAfterATimeOutAndLosesWhatItDoesNotRetry() {
    assertThat(paidTwiceBy(Contender.DOCUMENTATION_LOOP)).containsExactly(Trouble.TOO_LATE);
    assertThat(lostBy(Contender.DOCUMENTATION_LOOP))
        .containsExactly(Trouble.LOST, Trouble.STALLED, Trouble.HALF, Trouble.GATEWAY);
    assertThat(rows)
        .filteredOn(row -> row.contender() == Contender.DOCUMENTATION_LOOP)
        .filteredOn(row -> row.trouble() == Trouble.LIMITED)
        .allSatisfy(row -> assertThat(row.early()).isPositive());
  }

  @Test
  void feignsDefaultsPayTwiceWheneverTheAnswerDoesNotBegin() {
    assertThat(paidTwiceBy(Contender.FEIGN_DEFAULTS))
        .containsExactly(Trouble.LOST, Trouble.TOO_LATE);
    assertThat(lostBy(Contender.FEIGN_DEFAULTS)).contains(Trouble.STALLED, Trouble.GATEWAY);
  }

  @Test
  void withoutTroubleAllAreTheSame() {
    assertThat(rows)
        .filteredOn(row -> row.trouble() == Trouble.NONE)
        .allSatisfy(
            row -> {
              assertThat(row.paidRequests()).isEqualTo(1);
              assertThat(row.learned()).startsWith(Contender.RESULT);
            });
  }
}
