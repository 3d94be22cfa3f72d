package ru.elumenta.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what makes a shell complete commands and options. */
@Command(
    name = "completion",
    description = "Print completion for bash or zsh.",
    footer = {"", "Example:", "  source <(elumenta completion bash)"})
final class CompletionCommand implements Callable<Integer> {
  @Parameters(paramLabel = "SHELL", description = "bash or zsh")
  private Shell shell = Shell.BASH;

  @Mixin private EveryCommand every = new EveryCommand();

  private final Surroundings around;

  CompletionCommand(Surroundings around) {
    this.around = around;
  }

  /** A shell that can complete. */
  enum Shell {
    BASH,
    ZSH
  }

  @Override
  public Integer call() {
    // The script serves both: in zsh it turns on that shell's support for completions of bash.
    around.out().print(AutoComplete.bash("elumenta", Main.commands(around)));
    return ExitCode.DONE;
  }
}
