package ru.elumenta.contract.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded traffic in place of the live service. That the guards of the contract let the patched
 * contract pass is shown by examples/src/it/drifted-contract.
 */
class RecordedDriftTest {
  private static final Path CONTRACT = Path.of("..", DriftFiles.CONTRACT);

  @TempDir private Path folder;

  private Path report() {
    return folder.resolve("drift-report.md");
  }

  private Path patch() {
    return folder.resolve("drift.patch");
  }

  @Test
  void aRecordingOfADeviatingServiceLeavesAReportAndAPatch() throws Exception {
    Path har = folder.resolve("traffic.har");
    DeviatingService.record(har);

    String said = RecordedDrift.compare(har, CONTRACT, report(), Set.of());

    assertThat(said)
        .contains("7 exchanges checked, 0 of others, 0 unreadable, 0 bodies not recorded.")
        .contains("git apply " + patch());
    assertThat(Files.readString(report()))
        .contains("7 exchanges checked, ")
        .contains("| getModel /token_cost TYPE | " + DriftFiles.CONTRACT + "/schemas/models.yaml:")
        .contains("the type is string, in the samples too |")
        .contains("the member title is added")
        .contains("the member context_window is added")
        .contains("plan is no longer required")
        .contains("null is allowed")
        .contains("the status 404 is added")
        .contains("`info.version` becomes 3.0.0")
        .doesNotContain("nb_");
    assertThat(Files.readString(patch()))
        .contains("+    token_cost: '5'\n")
        .contains("+        $ref: '../errors/responses.yaml#/responses/NotFound'\n")
        .contains("-  version: 2.0.0\n+  version: 3.0.0\n")
        .doesNotContain("nb_");
  }

  @Test
  void aRecordingOfAnObedientServiceLeavesNoPatchAndTakesTheOldOneAway() throws Exception {
    Path har = folder.resolve("traffic.har");
    Files.writeString(har, "{\"log\": {\"entries\": []}}");
    Files.writeString(patch(), "of yesterday");

    String said = RecordedDrift.compare(har, CONTRACT, report(), Set.of());

    assertThat(said).contains("0 exchanges checked", "There is nothing to change in the contract.");
    assertThat(patch()).doesNotExist();
  }

  @Test
  void callsOfAGatewayAreTakenByItsName() throws Exception {
    Path har = folder.resolve("traffic.har");
    DeviatingService.record(har);
    Files.writeString(har, Files.readString(har).replace("127.0.0.1", "gateway.example"));

    assertThat(RecordedDrift.compare(har, CONTRACT, report(), Set.of()))
        .contains("0 exchanges checked, 7 of others");
    assertThat(RecordedDrift.compare(har, CONTRACT, report(), Set.of("gateway.example")))
        .contains("7 exchanges checked, 0 of others");
  }

  @Test
  void withoutARecordingASentenceSaysWhatToGive() {
    assertThatThrownBy(() -> RecordedDrift.main(new String[] {"", "c", "r", ""}))
        .hasMessageContaining("-Delumenta.har=FILE");
  }
}
