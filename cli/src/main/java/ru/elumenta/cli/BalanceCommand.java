package ru.elumenta.cli;

import picocli.CommandLine.Command;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Balance;

/** Says how many tokens are left. */
@Command(
    name = "balance",
    description = "Print the account's balance in tokens, and its plan.",
    footer = {"", "Example:", "  elumenta balance"})
final class BalanceCommand extends RowsCommand {
  BalanceCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    try (ElumentaClient elumenta = account.client()) {
      Balance balance = elumenta.balance();
      if (rows.isJson) {
        JsonLines.object()
            .with("tokens", balance.getTokenBalance())
            .with("plan", balance.getPlan())
            .with("plan_expires_at", balance.getPlanExpiresAt())
            .to(around.out());
      } else {
        around.out().printf("%s tokens, plan %s%n", balance.getTokenBalance(), balance.getPlan());
      }
    }
    return ExitCode.DONE;
  }
}
