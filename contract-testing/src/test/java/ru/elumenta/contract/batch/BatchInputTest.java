package ru.elumenta.contract.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchException;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;

/** Files as editors and spreadsheets of other systems write them. */
class BatchInputTest {
  private static final String MARK = "\uFEFF";

  private final ElumentaSimulator service = ElumentaSimulator.start();
  private final ElumentaClient elumenta = service.client().build();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private Batch batch(String name, String text) throws IOException {
    return Batch.with(elumenta)
        .input(Files.writeString(folder.resolve(name), text))
        .output(folder.resolve("out"))
        .parallel(1)
        .timeSource(service.time());
  }

  private static GenerationRequest template(String prompt) {
    return new GenerationRequest().model("gpt-5").prompt(prompt);
  }

  /** In the order in which they were sent. */
  private List<String> prompts() {
    try (var rows = elumenta.history().stream()) {
      List<String> newestFirst = rows.map(row -> row.getPrompt()).toList();
      List<String> all = new java.util.ArrayList<>(newestFirst);
      java.util.Collections.reverse(all);
      return all;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void linesOfRequestsEndAsTheyLike(String end) throws IOException {
    String one = "{\"model\":\"gpt-5\",\"prompt\":\"Чай\",\"id\":\"a\"}";
    String two = "{\"model\":\"gpt-5\",\"prompt\":\"Мёд\\r\\n\",\"id\":\"b\"}";
    BatchReport report = batch("in.jsonl", MARK + one + end + end + two).run();

    assertThat(report.isAllCompleted()).as("%s", report).isTrue();
    assertThat(prompts()).containsExactly("Чай", "Мёд\r\n");
    assertThat(new BatchFolder(folder.resolve("out")).results())
        .extracting(line -> line.path("line").asInt())
        .containsExactly(1, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void plainLinesEndAsTheyLike(String end) throws IOException {
    BatchReport report =
        batch("in.txt", MARK + "sea" + end + end + "sun \"x\", y" + end)
            .template(template("A haiku on {line}"))
            .run();

    assertThat(report.isAllCompleted()).as("%s", report).isTrue();
    assertThat(prompts()).containsExactly("A haiku on sea", "A haiku on sun \"x\", y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void cellsKeepTheLineEndsThatAreQuoted(String end) throws IOException {
    String table =
        "id,prompt"
            + end
            + "a,\"First\r\nline, \"\"quoted\"\"\n\""
            + end
            + "\"b\",\"\"\"\"\"\""
            + end
            + ","
            + "last without an end";
    BatchReport report = batch("in.csv", MARK + table).template(template("{prompt}")).run();

    assertThat(report.isAllCompleted()).as("%s", report).isTrue();
    assertThat(prompts())
        .containsExactly("First\r\nline, \"quoted\"\n", "\"\"", "last without an end");
  }

  @Test
  void semicolonsOfSpreadsheetsPartCellsToo() throws IOException {
    batch("in.csv", MARK + "id;prompt\r\n1;\"a;b\"\r\n2;c, d\r\n")
        .template(template("{prompt}"))
        .run();

    assertThat(prompts()).containsExactly("a;b", "c, d");
  }

  /** As PowerShell 5 writes it by itself. */
  @Test
  void anotherCharsetIsRefusedBeforeAnythingIsSent() throws IOException {
    Batch batch = batch("in.txt", "").template(template("{line}"));
    Path input = folder.resolve("in.txt");
    for (byte[] bytes :
        List.of(
            (MARK + "sea\r\n").getBytes(StandardCharsets.UTF_16LE),
            "caf\u00e9\r\n".getBytes(StandardCharsets.ISO_8859_1))) {
      Files.write(input, bytes);
      assertThatThrownBy(batch::run)
          .isInstanceOf(BatchException.class)
          .hasMessageContaining("is not UTF-8")
          .hasMessageContaining("Save the file as UTF-8");
    }
    assertThat(service.requests()).isZero();
  }
}
