package ru.elumenta.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine;

/** A command and all below it. */
final class CommandTree {
  private CommandTree() {}

  static Set<CommandLine> all(CommandLine command) {
    Set<CommandLine> found = new LinkedHashSet<>();
    found.add(command);
    for (CommandLine each : command.getSubcommands().values()) {
      found.addAll(all(each));
    }
    return found;
  }
}
