package ru.elumenta.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the contract. */
@Command(
    name = "contract",
    description = "Print the contract: OpenAPI in one YAML file.",
    footer = {"", "Example:", "  elumenta contract > elumenta.yaml"})
final class ContractCommand implements Callable<Integer> {
  private static final String BUNDLE = "/elumenta-openapi/elumenta.yaml";

  @Mixin private EveryCommand every = new EveryCommand();

  private final Surroundings around;

  ContractCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    try (InputStream contract = ContractCommand.class.getResourceAsStream(BUNDLE)) {
      if (contract == null) {
        throw new IllegalStateException("The contract is missing in this jar.");
      }
      contract.transferTo(around.out());
    }
    return ExitCode.DONE;
  }
}
