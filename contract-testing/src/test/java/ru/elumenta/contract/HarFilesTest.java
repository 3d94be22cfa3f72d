package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings in the dialects of those who write them are held against the contract. */
class HarFilesTest {
  private final ContractValidator strict =
      ContractValidator.standard().withResponses(Strictness.STRICT);

  private static Path recording(String name) throws URISyntaxException {
    return Path.of(HarFilesTest.class.getResource("/recordings/" + name).toURI());
  }

  private static List<String> found(HarReport report) {
    return report.findings().stream()
        .map(each -> "%s %s %s".formatted(each.operation(), each.place(), each.rule()))
        .toList();
  }

  @Test
  void chromeLeavesCredentialsOutAndNobodyMissesThem() throws Exception {
    HarReport report = strict.checkHar(recording("chrome.har"));

    assertThat(found(report)).containsExactly("createGeneration /tokens_spent TYPE");
    assertThat(report.exchanges()).isEqualTo(3);
    assertThat(report.ofOthers()).isEqualTo(3);
    assertThat(report.unreadable()).isZero();
    assertThat(report.bodiesMissing()).isZero();
    assertThat(report.areCredentialsRecorded()).isFalse();
  }

  @Test
  void firefoxRecordsCredentialsAndNoneIsShown() throws Exception {
    HarReport report = strict.checkHar(recording("firefox.har"));

    assertThat(found(report))
        .containsExactlyInAnyOrder(
            "createGeneration /seed TYPE",
            "createGeneration /apiKey UNKNOWN_MEMBER",
            "createGeneration /accessToken UNKNOWN_MEMBER",
            "createGeneration /stop UNKNOWN_MEMBER",
            "createGeneration /error ENUM",
            "listHistory query limit RANGE");
    assertThat(report.exchanges()).isEqualTo(2);
    assertThat(report.unreadable()).isEqualTo(3);
    assertThat(report.bodiesMissing()).isEqualTo(1);
    assertThat(report + report.findings().toString() + report.report().toMarkdown())
        .contains("[hidden]")
        .doesNotContain("hunter2", "SECRETKEY", "aHVudGVyMjpodW50ZXIy");
  }

  @Test
  void mitmproxyRecordsUploadsStreamsAndCompressedSizes() throws Exception {
    HarReport report = strict.checkHar(recording("mitmproxy.har"));

    assertThat(found(report))
        .containsExactly(
            "transcribe /diarize TYPE",
            "transcribe body BODY_MISSING",
            "streamGeneration body STREAM_END");
    assertThat(report.exchanges()).isEqualTo(3);
    assertThat(report.ofOthers()).isEqualTo(1);
    assertThat(report.bodiesMissing()).isEqualTo(1);
    assertThat(report.toString()).doesNotContain("SECRETKEY", "hunter2");
  }

  @Test
  void whatWireMockRecordedIsTakenWithItsFilesAndNothingOutsideTheirFolder() throws Exception {
    HarReport report = strict.checkHar(recording("mappings/recorded.json"));

    assertThat(found(report))
        .containsExactly(
            "createGeneration /colour UNKNOWN_MEMBER", "getBalance /token_balance TYPE");
    assertThat(report.exchanges()).isEqualTo(3);
    assertThat(report.ofOthers()).isEqualTo(1);
    assertThat(report.unreadable()).isEqualTo(1);
  }

  @Test
  void wireMocksJournalIsTaken(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("requests.json"),
            """
            {"requests": [{"id": "1", "request": {"url": "/api/v2/balance", "absoluteUrl": "http://localhost:1/api/v2/balance",
              "method": "GET", "headers": {"Authorization": "Basic abc"}, "body": ""},
              "response": {"status": 418, "headers": {"Content-Type": ["application/json"]}, "bodyAsBase64": "e30="}}],
             "meta": {"total": 1}}
            """);

    assertThat(found(strict.checkHar(file)))
        .containsExactly("getBalance header Authorization BEARER_FORM", "getBalance status STATUS");
  }

  @Test
  void hostsOfOnesOwnAreTakenInPlaceOfTheServices() throws Exception {
    HarReport report = strict.checkHar(recording("mitmproxy.har"), Set.of("OTHER.example.com"));

    assertThat(report.exchanges()).isEqualTo(1);
    assertThat(report.ofOthers()).isEqualTo(3);
    assertThat(report.toString()).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nb_hunter2hunter2",
        "[1, 2]",
        "{\"log\": {\"entries\": [{\"request\": {\"url\": \"hunter2",
        "{\"log\": {\"entries\": [nb_hunter2]}}",
        "{\"log\": {}}",
        "{\"log\": []}",
        "{\"entries\": []}",
        "{\"mappings\": {}}",
      })
  void aFileThatIsNoRecordingIsRefusedInOneSentenceWithoutWhatItHolds(
      String content, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("broken.har"), content);

    assertThatThrownBy(() -> strict.checkHar(file))
        .isInstanceOf(IOException.class)
        .hasNoCause()
        .hasMessageContaining("broken.har")
        .hasMessageMatching("(?s).*(is no recording|breaks off or is no JSON at line).*")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void aFileThatIsNotThereIsSaidToBe(@TempDir Path folder) {
    assertThatThrownBy(() -> strict.checkHar(folder.resolve("none.har")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aLongRecordingIsReadEntryByEntry(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("long.har");
    String megabyte = "x".repeat(1 << 20);
    long most = Runtime.getRuntime().maxMemory();
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"log\":{\"entries\":[");
      for (int i = 0; i < 300; i++) {
        String host = i % 2 == 0 ? "elumenta.ru" : "cdn.example.com";
        out.write(
            """
            %s{"request":{"method":"GET","url":"https://%s/api/v2/balance","headers":[]},\
            "response":{"status":200,"headers":[],"content":{"size":%d,"mimeType":"application/json","text":"
            """
                .strip()
                .formatted(i == 0 ? "" : ",", host, 1 << 20));
        out.write(megabyte);
        out.write("\"}}}");
      }
      out.write("]}}");
    }
    Runtime runtime = Runtime.getRuntime();
    runtime.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();

    HarReport report = strict.checkHar(file);

    runtime.gc();
    assertThat(report.exchanges()).isEqualTo(150);
    assertThat(report.ofOthers()).isEqualTo(150);
    assertThat(report.findings()).hasSize(150); // no JSON
    assertThat(runtime.totalMemory() - runtime.freeMemory() - before)
        .isLessThan(Math.min(32L << 20, most));
  }

  @Test
  void aBodyThatIsSaidToBeHugeIsPassedOver(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("huge.har");
    String megabyte = "x".repeat(1 << 20);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(
          """
          {"log":{"entries":[{"request":{"method":"GET","url":"https://elumenta.ru/api/v2/balance","headers":[]},\
          "response":{"status":200,"headers":[],"content":{"size":73400320,"mimeType":"application/json","text":"\
          """);
      for (int i = 0; i < 70; i++) {
        out.write(megabyte);
      }
      out.write("\"}}}]}}");
    }

    HarReport report = strict.checkHar(file);

    assertThat(report.exchanges()).isEqualTo(1);
    assertThat(report.bodiesMissing()).isEqualTo(1);
    assertThat(report.findings()).isEmpty();
  }
}
