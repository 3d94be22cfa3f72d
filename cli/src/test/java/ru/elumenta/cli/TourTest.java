package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;

/** The page on the command line shows what the commands print. */
@ElumentaTest
class TourTest {
  private static final Path PAGE = Path.of("..", "docs", "command-line.md");
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("```csv\n(.*?)```", Pattern.DOTALL);
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @TempDir Path folder;

  @Test
  void everyCommandOfThePagePrintsWhatThePageShows(ElumentaSimulator simulator) throws IOException {
    Shell shell = Shell.at(simulator, folder.resolve("home"));
    String page = Files.readString(PAGE);
    List<String> shown = new ArrayList<>();
    List<String> printed = new ArrayList<>();

    Matcher input = INPUT.matcher(page);
    assertThat(input.find()).isTrue();
    Files.writeString(folder.resolve("prompts.csv"), input.group(1));
    Matcher blocks = BLOCK.matcher(page);
    while (blocks.find()) {
      for (String session : blocks.group(1).split("(?m)^(?=\\$ )")) {
        if (!session.isEmpty()) {
          shown.add(session);
          printed.add(printed(session.lines().findFirst().orElseThrow(), shell));
        }
      }
    }

    assertThat(String.join("", printed)).isEqualTo(String.join("", shown));
    assertThat(shown).hasSizeGreaterThan(15);
  }

  @Test
  void thePageNamesEveryExitCode() throws IOException, IllegalAccessException {
    String page = Files.readString(PAGE);

    for (var code : ExitCode.class.getDeclaredFields()) {
      assertThat(page).contains("| " + code.getInt(null) + " | ");
    }
  }

  private String printed(String line, Shell shell) {
    List<String> words = new ArrayList<>();
    Matcher found = WORD.matcher(line.substring("$ elumenta ".length()));
    while (found.find()) {
      String word = found.group(1) == null ? found.group(2) : found.group(1);
      words.add(word.matches(".*[.](png|csv)|pictures") ? folder.resolve(word).toString() : word);
    }
    Ended ended = shell.run(words.toArray(String[]::new));
    return line + "\n" + (ended.out() + ended.err()).replace(folder + "/", "");
  }
}
