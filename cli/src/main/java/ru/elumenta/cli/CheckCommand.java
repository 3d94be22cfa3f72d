package ru.elumenta.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.HarReport;

/** Holds recorded traffic against the contract. */
@Command(
    name = "check",
    description = {
      "Hold recorded traffic against the contract: a HAR file of a browser or a proxy, or"
          + " WireMock's recordings. Secrets in it are never printed."
    },
    footer = {"", "Example:", "  elumenta check session.har"})
final class CheckCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Mixin private EveryCommand every = new EveryCommand();
  @Mixin private Rows rows = new Rows();

  private final Surroundings around;

  CheckCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() throws IOException {
    HarReport report = ContractValidator.standard().checkHar(file);
    if (rows.isJson) {
      report.findings().forEach(each -> JsonLines.object().with("finding", each).to(around.out()));
    } else {
      around.out().println(report);
    }
    return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }
}
