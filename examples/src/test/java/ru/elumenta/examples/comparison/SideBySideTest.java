package ru.elumenta.examples.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
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

  private static List<Row> of(Contender contender) {
    return rows.stream().filter(row -> row.contender() == contender).toList();
  }

  private static List<Trouble> troubles(Contender contender, Predicate<Row> condition) {
    return of(contender).stream().filter(condition).map(Row::trouble).toList();
  }

  @Test
  void thisClientPaysOnceAndGetsWhatItPaidFor() {
    assertThat(of(Contender.ELUMENTA_CLIENT))
        .hasSize(Trouble.values().length)
        .filteredOn(row -> row.trouble() != Trouble.BROKE)
        .allSatisfy(
            row -> {
              assertThat(row.charges()).isEqualTo(1);
              assertThat(row.learned()).isEqualTo(Learned.result("18600"));
            });
  }

  @Test
  void thisClientAlwaysKnowsWhatItWasChargedAndIsNeverEarly() {
    assertThat(of(Contender.ELUMENTA_CLIENT))
        .allSatisfy(
            row -> {
              assertThat(row.learned().charges()).isEqualTo(String.valueOf(row.charges()));
              assertThat(row.early()).isZero();
            });
  }

  @Test
  void thisClientSendsAPaidRequestAgainOnlyAfterAnAnswerThatCostNothing() {
    assertThat(troubles(Contender.ELUMENTA_CLIENT, row -> row.paidRequests() > 1))
        .containsExactly(Trouble.OVERLOADED, Trouble.LIMITED, Trouble.PROVIDER);
  }

  @Test
  void theDocumentationsLoopPaysTwiceAfterATimeOutAndLosesWhatItDoesNotRetry() {
    assertThat(troubles(Contender.DOCUMENTATION_LOOP, Row::isPaidTwice))
        .containsExactly(Trouble.TOO_LATE);
    assertThat(troubles(Contender.DOCUMENTATION_LOOP, Row::isLost))
        .containsExactly(Trouble.LOST, Trouble.STALLED, Trouble.HALF, Trouble.GATEWAY);
    assertThat(troubles(Contender.DOCUMENTATION_LOOP, row -> row.early() > 0))
        .containsExactly(Trouble.LIMITED);
  }

  @Test
  void feignsDefaultsPayTwiceWheneverTheAnswerDoesNotBegin() {
    assertThat(troubles(Contender.FEIGN_DEFAULTS, Row::isPaidTwice))
        .containsExactly(Trouble.LOST, Trouble.TOO_LATE);
    assertThat(troubles(Contender.FEIGN_DEFAULTS, Row::isLost))
        .containsExactly(Trouble.STALLED, Trouble.HALF, Trouble.GATEWAY);
    assertThat(troubles(Contender.FEIGN_DEFAULTS, row -> row.charges() == 0))
        .containsExactly(Trouble.OVERLOADED, Trouble.LIMITED, Trouble.PROVIDER, Trouble.BROKE);
  }

  @Test
  void whoPaidTwiceIsToldThatItPaidOnce() {
    assertThat(rows)
        .filteredOn(Row::isPaidTwice)
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.learned()).isEqualTo(Learned.result("18601")));
  }

  @Test
  void withoutTroubleAllAreTheSame() {
    assertThat(rows)
        .filteredOn(row -> row.trouble() == Trouble.NONE)
        .allSatisfy(
            row -> {
              assertThat(row.requests()).isEqualTo(1);
              assertThat(row.learned()).isEqualTo(Learned.result("18600"));
            });
  }
}
