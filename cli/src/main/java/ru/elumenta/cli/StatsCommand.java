package ru.elumenta.cli;

import picocli.CommandLine.Command;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.Stats;

/** Says what the account has used. */
@Command(
    name = "stats",
    description = "Print what the account has generated and spent.",
    footer = {"", "Example:", "  elumenta stats --json"})
final class StatsCommand extends RowsCommand {
  StatsCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    try (ElumentaClient elumenta = account.client()) {
      Stats stats = elumenta.api(UserApi.class).getStats();
      if (rows.isJson) {
        JsonLines.object()
            .with("generations", stats.getTotalGenerations())
            .with("tokens", stats.getTokensSpentTotal())
            .to(around.out());
      } else {
        around
            .out()
            .printf(
                "%s generations, %s tokens%n",
                stats.getTotalGenerations(), stats.getTokensSpentTotal());
      }
    }
    return ExitCode.DONE;
  }
}
