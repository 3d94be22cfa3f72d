package ru.elumenta.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of the manual, in roff, of what the commands say of themselves. */
final class ManPage {
  private final StringBuilder page = new StringBuilder();

  private ManPage() {}

  static String of(CommandLine program) {
    ManPage made = new ManPage();
    made.line(".TH ELUMENTA 1");
    made.line(".SH NAME");
    made.text("elumenta - Elumenta's AI models on the command line");
    made.line(".SH SYNOPSIS");
    made.text("elumenta COMMAND [OPTIONS]");
    made.line(".SH COMMANDS");
    for (CommandLine each : program.getSubcommands().values()) {
      made.command(each);
    }
    made.line(".SH NOTES");
    made.lines(program.getCommandSpec().usageMessage().footer());
    return made.page.toString();
  }

  private void command(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    line(".SS " + escaped(spec.qualifiedName()));
    lines(spec.usageMessage().description());
    for (PositionalParamSpec each : spec.positionalParameters()) {
      argument(each.paramLabel(), each);
    }
    for (OptionSpec each : spec.options()) {
      String label = each.arity().max() > 0 ? " " + each.paramLabel() : "";
      argument(String.join(", ", each.names()) + label, each);
    }
    lines(spec.usageMessage().footer());
    command.getSubcommands().values().forEach(this::command);
  }

  private void argument(String name, ArgSpec argument) {
    line(".TP");
    line(".B " + escaped(name));
    text(String.join(" ", argument.description()));
  }

  private void lines(String[] lines) {
    String joined =
        List.of(lines).stream().filter(each -> !each.isBlank()).collect(Collectors.joining("\n"));
    if (!joined.isEmpty()) {
      line(".PP");
      line(".nf");
      text(joined);
      line(".fi");
    }
  }

  private void text(String text) {
    text.lines().forEach(each -> line((each.startsWith(".") ? "\\&" : "") + escaped(each)));
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-");
  }
}
