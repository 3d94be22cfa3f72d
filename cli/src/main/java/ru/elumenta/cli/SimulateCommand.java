package ru.elumenta.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ru.elumenta.contract.SimulatorMain;

/** A service on this machine, to try everything without paying. */
@Command(
    name = "simulate",
    description = "Run the service on this machine, without the models, until Ctrl-C.",
    footer = {
      "",
      "Example:",
      "  elumenta simulate port=8080 fault=createGeneration:modelUnavailable:2"
    })
final class SimulateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "name=value",
      arity = "0..*",
      description = "Options of the simulator; --options lists them.")
  private List<String> options = new ArrayList<>();

  @Option(names = "--options", description = "List the options and faults.")
  private boolean isOptions;

  @Mixin private EveryCommand every = new EveryCommand();

  @Override
  public Integer call() throws InterruptedException {
    SimulatorMain.main(isOptions ? new String[] {"--help"} : options.toArray(String[]::new));
    return ExitCode.DONE;
  }
}
