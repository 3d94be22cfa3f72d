package ru.elumenta.cli;

import picocli.CommandLine.Mixin;

/** A command that gives the result of a generation. */
abstract class ResultCommand extends AccountCommand {
  @Mixin final ResultOutput result;

  ResultCommand(Surroundings around) {
    super(around);
    result = new ResultOutput(around);
  }
}
