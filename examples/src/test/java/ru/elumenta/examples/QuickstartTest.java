package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class QuickstartTest {
  @Test
  void printsEveryDocumentedOutcomeWithTheRequestsItTook() {
    List<String> rows = Printed.by(Quickstart::run);

    assertThat(rows).hasSize(25);
    assertThat(rows.get(0)).matches("call +outcome +requests +time");
    assertThat(rows.get(1)).matches("generate an image +completed, http://\\S+, 5 tokens +1 .*");
    assertThat(rows.get(2)).matches("submit a video.* completed, http://\\S+, 26 tokens +\\d+ .*");
    assertThat(rows)
        .anyMatch(
            row -> row.matches("too few tokens .*402, 5 needed, 3 there.* cost nothing +1 .*"))
        .anyMatch(row -> row.matches("provider fails for good .*ProviderException.* +3 .*"))
        .anyMatch(row -> row.matches("limit reached for a second .*completed.* +2 .*"))
        .anyMatch(row -> row.matches("answer lost, found in .*completed.* +3 .*"))
        .anyMatch(row -> row.matches("answer lost, history.* may have cost tokens +18 .*"))
        .anyMatch(row -> row.matches("prompt refused .*CONTENT_POLICY, failed, not charged +1 .*"));
  }
}
