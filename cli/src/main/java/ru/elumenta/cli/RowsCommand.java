package ru.elumenta.cli;

import picocli.CommandLine.Mixin;

/** A command that prints what there is, for people or for machines. */
abstract class RowsCommand extends AccountCommand {
  @Mixin final Rows rows = new Rows();

  RowsCommand(Surroundings around) {
    super(around);
  }
}
