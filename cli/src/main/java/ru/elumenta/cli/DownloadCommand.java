package ru.elumenta.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
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
final class DownloadCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "Of the generation.")
  private String id = "";

  DownloadCommand(Surroundings around) {
    super(around);
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
