package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.RowFaults;

@ElumentaTest
class GenerateStoryTest {
  private ElumentaSimulator simulator;
  private Shell shell;

  @TempDir Path folder;

  @BeforeEach
  void openShell(ElumentaSimulator service) {
    simulator = service;
    shell = Shell.at(simulator, folder.resolve("home"));
  }

  @Test
  void anImageIsWaitedForAndItsFileDownloaded() throws IOException {
    Path file = folder.resolve("lighthouse.png");

    Ended ended =
        shell.run("generate", "dall-e-3", "A lighthouse", "size=1024x1024", "-o", file.toString());

    assertThat(ended).isEqualTo(new Ended(0, file + "\n", "Generation 18473. 5 tokens.\n"));
    assertThat(Files.size(file)).isEqualTo(10_000);
    assertThat(simulator.charges()).isOne();
    assertThat(simulator.conversation()).contains("1024x1024");
  }

  @Test
  void aTextGoesToStandardOutputAndWhatItCostToStandardError() {
    Ended ended = shell.run("generate", "gpt-5", "A haiku");

    assertThat(ended.out()).isEqualTo("A simulated answer to: A haiku\n");
    assertThat(ended.err()).isEqualTo("Generation 18473. 2 tokens.\n");
  }

  @Test
  void aPromptComesFromAFileOrFromStandardInput() throws IOException {
    Path prompt = Files.writeString(folder.resolve("prompt.txt"), "From a file\n");

    assertThat(shell.run("generate", "gpt-5", "@" + prompt).out()).contains("From a file");
    shell.typing("From a pipe\n");
    assertThat(shell.run("generate", "gpt-5", "-").out()).contains("From a pipe");
    assertThat(shell.run("generate", "gpt-5").out()).contains("From a pipe");
    assertThat(shell.run("generate", "gpt-5", "-p", "a=b").out()).contains("a=b");
  }

  @Test
  void aTextIsPrintedAsItComes() {
    Ended ended = shell.run("generate", "gpt-5", "A haiku", "--stream");

    assertThat(ended).isEqualTo(new Ended(0, "A simulated answer to: A haiku\n", "2 tokens.\n"));
    assertThat(simulator.requests("streamGeneration")).isOne();
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    Ended ended = shell.run("generate", "dall-e-3", "A lighthouse", "--json");

    JsonNode result = new ObjectMapper().readTree(ended.out());
    assertThat(ended.out().lines()).hasSize(1);
    assertThat(result.path("id").asText()).isEqualTo("18473");
    assertThat(result.path("status").asText()).isEqualTo("completed");
    assertThat(result.path("tokens").asLong()).isEqualTo(5);
    assertThat(result.path("url").asText()).startsWith("http");
  }

  @Test
  void whoDoesNotWaitHasTheIdAndComesBackToIt() {
    Ended begun = shell.run("generate", "dall-e-3", "A lighthouse", "--no-wait");
    Ended attached =
        shell.run("attach", begun.out().strip(), "-o", folder.resolve("a.png").toString());
    Ended again = shell.run("download", "18473", "-o", folder.toString() + "/");

    assertThat(begun).isEqualTo(new Ended(0, "18473\n", ""));
    assertThat(attached.code()).isZero();
    assertThat(folder.resolve("a.png")).hasSize(10_000);
    assertThat(again.code()).isZero();
    assertThat(simulator.charges()).isOne();
  }

  @Test
  void whatCannotBeKeptIsNotPaidFor() throws IOException {
    Path there = Files.writeString(folder.resolve("there.png"), "precious");

    assertThat(shell.run("generate", "dall-e-3", "A", "-o", there.toString()).code()).isEqualTo(2);
    assertThat(shell.run("generate", "dall-e-3", "A", "-o", folder + "/no/where.png").code())
        .isEqualTo(2);
    assertThat(there).hasContent("precious");
    assertThat(simulator.requests()).isZero();
  }

  @Test
  void whatIsTooDearIsRefusedBeforeItIsSent() {
    Ended ended = shell.run("generate", "dall-e-3", "A lighthouse", "--max-cost", "1");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err()).contains("nothing was charged");
    assertThat(simulator.requests("createGeneration")).isZero();
  }

  @Test
  void anotherModelIsAskedIfTheFirstIsNotThere() {
    simulator.always().forModel("gpt-5").fail(Fault.modelUnavailable());

    Ended ended = shell.run("generate", "gpt-5", "A haiku", "--fallback", "claude-sonnet-4.5");

    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("503");
    assertThat(simulator.charges()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "402, insufficient_tokens, 3",
    "403, insufficient_plan, 3",
    "404, not_found, 3",
    "422, validation_error, 3",
    "401, not_authenticated, 3"
  })
  void aRefusalCostsNothingAndSaysSo(int status, String code, int exit) {
    simulator.always().to("createGeneration").fail(Fault.error(status, code));

    Ended ended = shell.run("generate", "gpt-5", "A haiku");

    assertThat(ended.code()).isEqualTo(exit);
    assertThat(ended.err()).contains("nothing was charged").doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
    assertThat(simulator.requests("createGeneration")).isOne();
  }

  @Test
  void aGenerationThatFailedEndsWithFour() {
    simulator.next().fail(Fault.failedGeneration("Content policy violation"));

    Ended ended = shell.run("generate", "dall-e-3", "A lighthouse");

    assertThat(ended.code()).isEqualTo(4);
    assertThat(ended.err()).contains("Content policy violation");
  }

  @Test
  void whatIsNotFinishedGoesOnAndTheCommandSaysHowToComeBack() {
    simulator.next().fail(Fault.neverEndingJob());

    Ended ended = shell.run("generate", "dall-e-3", "A lighthouse", "--timeout", "1m30s");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).endsWith("Come back to it with: elumenta attach 18473\n");
  }

  @Test
  void aLostAnswerIsOpenAndFoundLater() {
    simulator.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    simulator.always().to("listHistory").fail(RowFaults.lateRows(Duration.ofMinutes(30)));

    Ended lost = shell.run("generate", "dall-e-3", "A lighthouse");
    Ended listed = shell.run("open", "--list");
    Ended tooEarly = shell.run("open");
    simulator.advance(Duration.ofMinutes(31));
    Ended found = shell.run("open");
    Ended after = shell.run("open");

    assertThat(lost.code()).isEqualTo(5);
    assertThat(lost.err()).endsWith("Look for it with: elumenta open\n");
    assertThat(listed.out()).contains("dall-e-3").contains("open");
    assertThat(tooEarly.code()).isEqualTo(5);
    assertThat(tooEarly.out()).contains("not shown so far");
    assertThat(found.code()).isZero();
    assertThat(found.out()).contains("found: elumenta attach 18473");
    assertThat(after.err()).isEqualTo("No call is open.\n");
    assertThat(simulator.requests("createGeneration")).isOne();
    assertThat(simulator.charges()).isOne();
  }

  @Test
  void aFailureShowsWhereItHappenedOnlyIfAsked() {
    simulator.always().to("createGeneration").fail(Fault.error(404, "not_found"));

    assertThat(shell.run("generate", "gpt-5", "x", "--debug").err()).contains("\tat ru.elumenta");
  }
}
