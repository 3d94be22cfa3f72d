package ru.elumenta.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the page of the manual. */
@Command(
    name = "man",
    description = "Print the page of the manual, for man.",
    footer = {"", "Example:", "  elumenta man > ~/.local/share/man/man1/elumenta.1"})
final class ManCommand implements Callable<Integer> {
  @Mixin private EveryCommand every = new EveryCommand();

  private final Surroundings around;

  ManCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    around.out().print(ManPage.of(Main.commands(around)));
    return ExitCode.DONE;
  }
}
