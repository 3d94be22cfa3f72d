package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.contract.exchange.Exchange;

/** Findings are collected by nobody's leave, and told in a report. */
class ContractFindingsTest {
  private final ContractFindings findings =
      new ContractFindings(ContractValidator.standard().withResponses(Strictness.STRICT));

  @Test
  void handingOverNeverWaitsAndWhatIsTooMuchIsCounted() {
    CountDownLatch goOn = new CountDownLatch(1);
    Exchange exchange = ContractSamples.of("getBalance", "", 200, "balance").build();
    for (int i = 0; i < 1_500; i++) {
      findings.add(
          0,
          () -> {
            await(goOn);
            return exchange;
          });
    }
    goOn.countDown();

    assertThat(findings.exchanges() + findings.unchecked()).isEqualTo(1_500);
    assertThat(findings.exchanges()).isBetween(1_000L, 1_001L);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void bytesThatWaitAreLimited() {
    CountDownLatch goOn = new CountDownLatch(1);
    Exchange exchange = ContractSamples.of("getBalance", "", 200, "balance").build();
    for (int i = 0; i < 10; i++) {
      findings.add(
          20 << 20,
          () -> {
            await(goOn);
            return exchange;
          });
    }
    goOn.countDown();

    assertThat(findings.exchanges()).isEqualTo(3);
    assertThat(findings.unchecked()).isEqualTo(7);
  }

  @Test
  void aFaultOfTheChecksIsCountedAndNothingElse() {
    findings.add(
        0,
        () -> {
          throw new IllegalStateException("broken");
        });

    assertThat(findings.unchecked()).isEqualTo(1);
    assertThat(findings.list()).isEmpty();
  }

  @Test
  void theReportSaysHowOftenWhatWasFoundWhere(@TempDir Path folder) throws Exception {
    for (int i = 0; i < 3; i++) {
      findings.add(
          ContractSamples.of("listHistory", "", 200, "history-page")
              .answerMember("/items/0/status", "\"queued | waiting\"")
              .build());
    }
    findings.add(ContractSamples.of("getBalance", "", 200, "balance").build());
    findings.add(new SampleExchange("GET", "/api/v2/nowhere").build());
    Path file = folder.resolve("reports/drift.md");

    findings.report().writeTo(file);

    assertThat(Files.readString(file))
        .isEqualTo(
            """
            # Drift report

            5 exchanges checked, 4 findings, 1 of which a tolerant reader would notice.

            | operation | exchanges | findings |
            | --- | ---: | ---: |
            | getBalance | 1 | 0 |
            | listHistory | 3 | 3 |
            | no operation | 1 | 1 |

            | how often | operation | side | place | rule | expected | found first | tolerable |
            | ---: | --- | --- | --- | --- | --- | --- | --- |
            | 3 | listHistory | response | /items/*/status | ENUM | one of completed, pending, failed | "queued \\| waiting" | yes |
            | 1 | no operation | request | path | PATH | a path of the contract | /nowhere | no |
            """);
  }
}
