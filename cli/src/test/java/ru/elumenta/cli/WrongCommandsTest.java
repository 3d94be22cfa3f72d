package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;

@ElumentaTest
class WrongCommandsTest {
  private ElumentaSimulator simulator;

  @TempDir Path folder;

  @BeforeEach
  void start(ElumentaSimulator service) {
    simulator = service;
  }

  static List<List<String>> wrongCommands() {
    return List.of(
        List.of("paint"),
        List.of("generate"),
        List.of("generate", "gpt-5", "two", "prompts"),
        List.of("generate", "gpt-5", "   "),
        List.of("generate", "gpt-5", "@no-such-file.txt"),
        List.of("generate", "gpt-5", "x", "--max-cost", "cheap"),
        List.of("generate", "gpt-5", "x", "--max-cost", "-1"),
        List.of("generate", "gpt-5", "x", "--timeout", "soon"),
        List.of("generate", "gpt-5", "x", "--timeout", "0"),
        List.of("generate", "gpt-5", "x", "--stream", "--json"),
        List.of("generate", "gpt-5", "x", "--stream", "--max-cost", "5"),
        List.of("generate", "gpt-5", "x", "--no-wait", "--fallback", "gpt-4"),
        List.of("generate", "gpt-5", "x", "--base-url", "not a url"),
        List.of("generate", "gpt-5", "x", "--key-file", "no-such-file"),
        List.of("price", "gpt-5", "size"),
        List.of("history", "--limit", "0"),
        List.of("attach"),
        List.of("attach", ""),
        List.of("batch", "prompts.csv"),
        List.of("batch", "missing.csv", "-o", "target/never"),
        List.of("batch", "pom.xml", "-o", "target/never"),
        List.of("batch", "a.txt", "-o", "target/never", "--model", "gpt-5"),
        List.of("batch", "a.csv", "-o", "target/never", "size=1"),
        List.of("keys"),
        List.of("keys", "revoke", "seven"),
        List.of("open", "--dismiss"),
        List.of("open", "no-such-call"),
        List.of("login"),
        List.of("completion", "fish"));
  }

  @ParameterizedTest
  @MethodSource("wrongCommands")
  void aWrongCommandEndsWithTwoAndASentenceAndSendsNothing(List<String> command) {
    Ended ended = Shell.at(simulator, folder.resolve("home")).run(command.toArray(String[]::new));

    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).isNotBlank().doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
    assertThat(simulator.requests()).isZero();
  }

  @Test
  void withoutAKeyTheCommandNamesAllWaysToGiveOne() {
    Ended ended =
        Shell.at(simulator, folder.resolve("home")).without("ELUMENTA_API_KEY").run("balance");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("ELUMENTA_API_KEY", "--key-file", "elumenta login");
  }

  @Test
  void aKeyThatOthersCanSeeIsWarnedOf() {
    Shell shell = Shell.at(simulator, folder.resolve("home")).without("ELUMENTA_API_KEY");

    Ended ended = shell.run("balance", "--key", simulator.apiKey());

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("list of processes").doesNotContain(simulator.apiKey());
  }

  @Test
  void aKeyIsReadFromTheFirstLineOfAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("key"), simulator.apiKey() + "\nother\n");
    Shell shell = Shell.at(simulator, folder.resolve("home")).without("ELUMENTA_API_KEY");

    assertThat(shell.run("balance", "--key-file", file.toString()).code()).isZero();
    assertThat(shell.with("ELUMENTA_KEY_FILE", file.toString()).run("balance").code()).isZero();
    Files.writeString(file, "\n");
    assertThat(shell.run("balance").err()).contains("is empty");
  }

  @Test
  void aHomeThatCannotBeWrittenToSendsNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("home"), "a file");

    Ended ended = Shell.at(simulator, file.resolve("below")).run("generate", "gpt-5", "x");

    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Nothing was sent");
    assertThat(simulator.requests()).isZero();
  }
}
