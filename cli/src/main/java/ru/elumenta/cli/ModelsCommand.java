package ru.elumenta.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.ModelsApi;

/** Lists the models. */
@Command(
    name = "models",
    description = "List the models and what they cost.",
    footer = {"", "Example:", "  elumenta models --category image"})
final class ModelsCommand extends RowsCommand {
  @Option(
      names = "--category",
      paramLabel = "NAME",
      description = "Only text, image, video, tts, stt or tool.")
  private @Nullable String category;

  ModelsCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    Table table = new Table("MODEL", "NAME", "CATEGORY", "PLAN", "TOKENS");
    try (ElumentaClient elumenta = account.client()) {
      Object listed = elumenta.api(ModelsApi.class).listModels();
      for (JsonNode each : Listing.rows(new ObjectMapper().valueToTree(listed))) {
        if (category == null || category.equalsIgnoreCase(each.path("category").asText())) {
          show(each, table);
        }
      }
    }
    if (!rows.isJson) {
      table.to(around.out(), around.terminal());
    }
    return ExitCode.DONE;
  }

  private void show(JsonNode model, Table table) {
    if (rows.isJson) {
      around.out().print(model + "\n");
      return;
    }
    table.row(
        model.path("slug").asText(),
        model.path("name").asText(""),
        model.path("category").asText("-"),
        model.path("min_plan").asText("-"),
        model.path("token_cost").asText("-"));
  }
}
