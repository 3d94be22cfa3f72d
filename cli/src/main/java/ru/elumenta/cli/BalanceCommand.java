package ru.elumenta.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Balance;

/** Says how many tokens are left. */
@Command(
    name = "balance",
    description = "Print the account's balance in tokens, and its plan.",
    footer = {"", "Example:", "  elumenta balance"})
final class BalanceCommand implements Callable<Integer> {
  @Mixin private EveryCommand every = new EveryCommand();
  @Mixin private Account account;
  @Mixin private Rows rows = new Rows();

  private final Surroundings around;

  BalanceCommand(Surroundings around) {
    this.around = around;
    account = new Account(around);
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
