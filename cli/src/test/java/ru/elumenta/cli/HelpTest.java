package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class HelpTest {
  static Stream<CommandSpec> commands() {
    return CommandTree.all(Main.commands(Surroundings.ofThisProcess())).stream()
        .map(CommandLine::getCommandSpec);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandSaysWhatItDoesWithAnExampleThatItUnderstands(CommandSpec command) {
    String help = command.commandLine().getUsageMessage();

    assertThat(command.usageMessage().description()).isNotEmpty();
    assertThat(command.args())
        .allSatisfy(each -> assertThat(each.description()).as(each.toString()).isNotEmpty());
    assertThat(examples(command)).as(help).isNotEmpty();
    for (String example : examples(command)) {
      String words = example.replaceFirst("^elumenta ", "").replaceFirst(" > .*", "");
      if (words.startsWith("source")) {
        continue; // the shell's own
      }
      CommandLine.ParseResult parsed =
          Main.commands(Surroundings.ofThisProcess()).parseArgs(split(words));
      assertThat(parsed.subcommand()).as(example).isNotNull();
    }
  }

  @Test
  void bashUnderstandsTheCompletion() throws IOException, InterruptedException {
    ByteArrayOutputStream script = new ByteArrayOutputStream();
    try (InputStream printed = printed("completion", "bash")) {
      printed.transferTo(script);
    }
    Process bash = new ProcessBuilder("bash", "-s").redirectErrorStream(true).start();
    try (var in = bash.getOutputStream()) {
      in.write(script.toByteArray());
      in.write(
          """

          COMP_WORDS=(elumenta gen); COMP_CWORD=1
          _complete_elumenta
          echo "completed: ${COMPREPLY[*]}"
          """
              .getBytes(StandardCharsets.UTF_8));
    }

    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("completed: generate\n");
  }

  @Test
  void thePageOfTheManualNamesEveryCommandAndOption() throws IOException {
    String page;
    try (InputStream printed = printed("man")) {
      page = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
    }

    assertThat(page).startsWith(".TH ELUMENTA 1\n");
    commands()
        .filter(command -> command.parent() != null)
        .forEach(
            command -> {
              assertThat(page).contains(".SS " + command.qualifiedName());
              command
                  .optionsMap()
                  .keySet()
                  .forEach(option -> assertThat(page).contains(option.replace("-", "\\-")));
            });
  }

  private static InputStream printed(String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Surroundings here = Surroundings.ofThisProcess();
    Main.run(
        command,
        new Surroundings(
            here.in(),
            new java.io.PrintStream(out, true, StandardCharsets.UTF_8),
            here.err(),
            here.environment(),
            Terminal.none(80),
            here.time()));
    return new java.io.ByteArrayInputStream(out.toByteArray());
  }

  private static List<String> examples(CommandSpec command) {
    return Stream.of(command.usageMessage().footer())
        .filter(line -> line.startsWith("  "))
        .map(String::strip)
        .toList();
  }

  private static String[] split(String words) {
    List<String> found = new ArrayList<>();
    var matcher = java.util.regex.Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(words);
    while (matcher.find()) {
      found.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return found.toArray(String[]::new);
  }
}
