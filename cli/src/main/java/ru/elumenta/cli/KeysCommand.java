package ru.elumenta.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.KeysApi;
import ru.elumenta.client.model.ApiKey;
import ru.elumenta.client.model.KeyRequest;

/** The keys of the account. */
@Command(
    name = "keys",
    description = "List, create, rename and revoke API keys.",
    footer = {"", "Example:", "  elumenta keys create \"build server\" > key.txt"})
final class KeysCommand extends RowsCommand {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Spec private CommandSpec spec;

  KeysCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    throw new UsageException("Which of list, create, rename, revoke?");
  }

  @Command(
      name = "list",
      description = "List the keys, without their secrets.",
      footer = {"", "Example:", "  elumenta keys list"})
  int list(@Mixin EveryCommand options) {
    Table table = new Table("ID", "NAME", "CREATED");
    calling(
        keys -> Listing.rows(JSON.valueToTree(keys.listKeys())).forEach(key -> add(key, table)));
    if (!rows.isJson) {
      table.to(around.out(), around.terminal());
    }
    return ExitCode.DONE;
  }

  private void add(JsonNode key, Table table) {
    String id = key.path("id").asText();
    if (rows.isJson) {
      JsonLines.object()
          .with("id", id)
          .with("name", key.path("name").asText())
          .with("created_at", key.path("created_at").asText())
          .to(around.out());
    } else {
      table.row(id, key.path("name").asText("-"), key.path("created_at").asText("-"));
    }
  }

  @Command(
      name = "create",
      description = "Create a key and print it. The service shows it this once.",
      footer = {"", "Example:", "  elumenta keys create \"build server\" > key.txt"})
  int create(
      @Mixin EveryCommand options,
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name) {
    return calling(
        keys -> {
          ApiKey key = keys.createKey(new KeyRequest().name(name));
          around.out().println(key.getKey());
          around.err().println("Key " + key.getId() + ". It is not shown again.");
        });
  }

  @Command(
      name = "rename",
      description = "Give a key another name.",
      footer = {"", "Example:", "  elumenta keys rename 7 \"old build server\""})
  int rename(
      @Mixin EveryCommand options,
      @Parameters(paramLabel = "ID", description = "As elumenta keys list shows.") long id,
      @Parameters(paramLabel = "NAME", description = "The new name.") String name) {
    return calling(keys -> keys.renameKey(id, new KeyRequest().name(name)));
  }

  @Command(
      name = "revoke",
      description = "Make a key useless at once.",
      footer = {"", "Example:", "  elumenta keys revoke 7"})
  int revoke(
      @Mixin EveryCommand options,
      @Parameters(paramLabel = "ID", description = "As elumenta keys list shows.") long id) {
    return calling(keys -> keys.revokeKey(id));
  }

  private int calling(Consumer<KeysApi> call) {
    try (ElumentaClient elumenta = account.client()) {
      call.accept(elumenta.api(KeysApi.class));
    }
    return ExitCode.DONE;
  }
}
