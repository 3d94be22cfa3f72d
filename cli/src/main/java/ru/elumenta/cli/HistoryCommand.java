package ru.elumenta.cli;

import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.HistoryFilter;

/** Lists what the account has made. */
@Command(
    name = "history",
    description = "List what was generated, the newest first.",
    footer = {"", "Example:", "  elumenta history --limit 5 --status completed"})
final class HistoryCommand extends RowsCommand {
  @Option(
      names = {"-n", "--limit"},
      paramLabel = "ROWS",
      defaultValue = "20",
      description = "How many at the most; ${DEFAULT-VALUE} if not given.")
  private int limit;

  @Option(names = "--model", paramLabel = "MODEL", description = "Of this model only.")
  private @Nullable String model;

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      description = "pending, completed or failed only.")
  private @Nullable String status;

  HistoryCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new UsageException("--limit should be 1 or more.");
    }
    HistoryFilter filter =
        HistoryFilter.all()
            .withPageSize(Math.min(limit, 100))
            .withModelSlug(model)
            .withStatus(status == null ? null : new GenerationStatus(status));
    Table table = new Table("ID", "MODEL", "STATUS", "TOKENS", "CREATED", "PROMPT");
    try (ElumentaClient elumenta = account.client();
        Stream<HistoryItem> items = elumenta.history(filter).stream()) {
      items.limit(limit).forEach(each -> show(each, table));
    }
    if (!rows.isJson) {
      table.to(around.out(), around.terminal());
    }
    return ExitCode.DONE;
  }

  private void show(HistoryItem item, Table table) {
    Instant created = item.getCreatedAt();
    if (rows.isJson) {
      JsonLines.object()
          .with("id", item.getId())
          .with("model", item.modelName())
          .with("status", item.getStatus())
          .with("tokens", item.tokensCharged())
          .with("created_at", created)
          .with("prompt", item.getPrompt())
          .with("text", item.text())
          .with("url", item.fileUrl())
          .to(around.out());
      return;
    }
    table.row(
        item.getId(),
        item.modelName().orElse("-"),
        item.getStatus(),
        item.tokensCharged().isPresent() ? item.tokensCharged().getAsLong() : "-",
        created == null ? "-" : created,
        item.getPrompt() == null ? "" : item.getPrompt());
  }
}
