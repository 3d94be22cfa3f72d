package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

class BatchStoryTest {
  @TempDir Path folder;

  @Test
  void aTextFileAndATemplateMakeAResultForEachLine() throws IOException {
    try (ElumentaSimulator service = ElumentaSimulator.start()) {
      Path words = Files.writeString(folder.resolve("words.txt"), "sea\nsun\n\nwind\n");
      Path output = folder.resolve("out");

      Ended ended =
          Shell.at(service, folder.resolve("home"))
              .run(
                  "batch",
                  words.toString(),
                  "-o",
                  output.toString(),
                  "--model",
                  "gpt-5",
                  "-p",
                  "A haiku on {line}");

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.out()).isEqualTo("3 of 3 items done, 0 failed, 0 open; 6 tokens spent\n");
      assertThat(Files.readString(output.resolve("results.jsonl"))).contains("A haiku on wind");
      assertThat(service.charges()).isEqualTo(3);
    }
  }

  @Test
  void aBudgetIsKeptAndGoneOnWithOnceItIsLarger() throws IOException {
    try (ElumentaSimulator service = ElumentaSimulator.start()) {
      Path words = Files.writeString(folder.resolve("words.txt"), "a\nb\nc\nd\n");
      Shell shell = Shell.at(service, folder.resolve("home"));
      String[] command = {
        "batch",
        words.toString(),
        "-o",
        folder.resolve("out").toString(),
        "--model",
        "gpt-5",
        "-p",
        "{line}",
        "--parallel",
        "1",
        "--budget",
        "4"
      };

      Ended tight = shell.run(command);
      command[command.length - 1] = "8";
      Ended wide = shell.run(command);

      assertThat(tight.code()).isEqualTo(3);
      assertThat(tight.out()).startsWith("2 of 4 items done");
      assertThat(tight.err()).contains("The same command goes on");
      assertThat(wide.code()).isZero();
      assertThat(service.tokensCharged()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "KILL"})
  void endedFromOutsideTheSameCommandGoesOnAndPaysForNothingTwice(String signal) throws Exception {
    try (ElumentaSimulator service =
        ElumentaSimulator.builder().time(TimeSource.system()).start()) {
      Files.createDirectories(folder.resolve("home"));
      service.always().fail(Fault.slowJob(Duration.ofMillis(200)));
      Path input = folder.resolve("prompts.jsonl");
      Files.writeString(
          input,
          IntStream.range(0, 20)
              .mapToObj(i -> "{\"model\":\"dall-e-3\",\"prompt\":\"Pier %d\"}%n".formatted(i))
              .collect(Collectors.joining()));
      String[] command = {
        "batch", input.toString(), "-o", folder.resolve("out").toString(), "--no-files", "--json"
      };

      Ended first =
          Program.start(service, folder, command)
              .until(() -> service.generationsCreated() >= 5)
              .signal(signal)
              .ended();
      int before = service.generationsCreated();
      Ended second = Program.start(service, folder, command).ended();

      assertThat(first.code()).as(first.err()).isEqualTo(signal.equals("INT") ? 130 : 137);
      assertThat(before).isLessThan(20);
      assertThat(second.code()).as(second.out() + second.err()).isZero();
      assertThat(second.out()).contains("\"completed\":20");
      assertThat(service.generationsCreated()).isEqualTo(20);
      assertThat(service.doubleCharges()).isZero();
    }
  }
}
