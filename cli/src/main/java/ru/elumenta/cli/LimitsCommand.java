package ru.elumenta.cli;

import java.time.Instant;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.error.RateLimits;

/** Says how many requests are left. */
@Command(
    name = "limits",
    description = "Print how many requests are left this hour and day. Asking is one of them.",
    footer = {"", "Example:", "  elumenta limits"})
final class LimitsCommand extends RowsCommand {
  LimitsCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    try (ElumentaClient elumenta = account.client()) {
      elumenta.balance();
      RateLimits limits =
          elumenta
              .rateLimits()
              .orElseThrow(
                  () -> new IllegalStateException("The service named no limits in its answer."));
      Table table = new Table("WINDOW", "LIMIT", "LEFT", "STARTS ANEW");
      show("hour", limits.hour(), table);
      show("day", limits.day(), table);
      if (!rows.isJson) {
        table.to(around.out(), around.terminal());
      }
    }
    return ExitCode.DONE;
  }

  private void show(String name, RateLimits.Window window, Table table) {
    if (rows.isJson) {
      JsonLines.object()
          .with("window", name)
          .with("limit", window.limit())
          .with("remaining", window.remaining())
          .with("reset", window.reset())
          .to(around.out());
    } else {
      table.row(
          name,
          window.isUnlimited() ? "none" : text(window.limit()),
          text(window.remaining()),
          window.reset().map(Instant::toString).orElse("-"));
    }
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "-";
  }
}
