package ru.elumenta.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;

/** Fetches a file again. */
@Command(
    name = "download",
    description = {
      "Download the file of a finished generation. Costs nothing, and goes on where a connection"
          + " broke off."
    },
    footer = {"", "Example:", "  elumenta download 18473 --output pictures/"})
final class DownloadCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ID", description = "Of the generation.")
  private String id = "";

  @Mixin private EveryCommand every = new EveryCommand();
  @Mixin private Account account;
  @Mixin private ResultOutput result;

  private final Surroundings around;

  DownloadCommand(Surroundings around) {
    this.around = around;
    account = new Account(around);
    result = new ResultOutput(around);
  }

  @Override
  public Integer call() {
    result.check();
    try (ElumentaClient elumenta = account.client()) {
      Generation generation = elumenta.attach(GenerationId.of(id)).refresh();
      Path file = result.download(elumenta.download(generation), ResultOutput.name(generation));
      if (result.isJson()) {
        result.json(generation, file);
      } else {
        around.out().println(file);
      }
    }
    return ExitCode.DONE;
  }
}
