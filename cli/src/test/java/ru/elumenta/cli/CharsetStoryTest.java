package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;

/** What is typed, sent and printed where the platform has another charset than UTF-8. */
class CharsetStoryTest {
  private static final String PROMPT = "Маяк на закате, 灯台, “é”";

  private final ElumentaSimulator service =
      ElumentaSimulator.builder().time(TimeSource.system()).start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    service.close();
  }

  static Stream<List<String>> charsets() {
    return Stream.of(
        List.of("LANG=C.UTF-8"),
        List.of("LANG=C.UTF-8", "-Dfile.encoding=windows-1252", "-Dstdout.encoding=windows-1252"),
        List.of("LANG=C.UTF-8", "-Dfile.encoding=IBM866", "-Dsun.stdout.encoding=IBM866"),
        List.of("LANG=C"),
        List.of("LANG=C", "-Dfile.encoding=windows-1252", "-Dstdout.encoding=windows-1252"));
  }

  private Ended run(List<String> charset, String line) throws Exception {
    String lang = charset.get(0).substring("LANG=".length());
    return Program.byShell(
            service,
            folder,
            Map.of("LANG", lang, "LC_ALL", lang),
            charset.subList(1, charset.size()),
            line)
        .ended();
  }

  @ParameterizedTest
  @MethodSource("charsets")
  void aPromptIsSentAsItWasTypedAndComesBackAsUtf8(List<String> charset) throws Exception {
    Ended made = run(charset, "elumenta generate gpt-5 '" + PROMPT + "' 'note=чай?'");
    Ended json = run(charset, "elumenta history --json");
    Ended table = run(charset, "elumenta history");

    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).isEqualTo("A simulated answer to: " + PROMPT + "\n");
    assertThat(json.out()).contains("\"prompt\":\"" + PROMPT + "\"");
    assertThat(table.out()).endsWith(PROMPT + "\n");
    try (var elumenta = service.client().build();
        var rows = elumenta.history().stream()) {
      assertThat(rows.map(row -> row.getPrompt())).containsExactly(PROMPT);
    }
  }

  @Test
  void theRowsOfABatchAreUtf8Too() throws Exception {
    Path prompts = folder.resolve("prompts.csv");
    Files.writeString(prompts, "\uFEFFprompt,id\r\n" + PROMPT.replace(",", "") + ",чай\r\n");

    Ended ended =
        run(
            charsets().skip(4).findFirst().orElseThrow(),
            "elumenta batch "
                + prompts
                + " -o "
                + folder.resolve("out")
                + " --model gpt-5 -p '{prompt}, ещё раз'");

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(Files.readString(folder.resolve("out").resolve("results.jsonl")))
        .contains("A simulated answer to: " + PROMPT.replace(",", "") + ", ещё раз")
        .contains("\"id\":\"чай\"");
  }

  @Test
  void whatIsInNoKnownCharsetIsNotSent() throws Exception {
    Path script = folder.resolve("koi8");
    Files.write(script, "Маяк".getBytes(Charset.forName("KOI8-R")));

    Ended ended = run(List.of("LANG=C"), "elumenta generate gpt-5 \"$(cat " + script + ")\"");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("not UTF-8").contains("Nothing was sent");
    assertThat(service.requests()).isZero();
  }
}
