package ru.elumenta.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options that every command has. */
final class EveryCommand {
  static final String OPTION = "--debug";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  boolean isHelp;

  @Option(names = OPTION, description = "Show where a failure happened.")
  boolean isOn;

  static boolean isOn(ParseResult parsed) {
    for (ParseResult each = parsed; each != null; each = each.subcommand()) {
      if (each.hasMatchedOption(OPTION)) {
        return true;
      }
    }
    return false;
  }
}
