package ru.elumenta.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Price;

/** Asks what something would cost. */
@Command(
    name = "price",
    description = "Ask what a generation would cost. Asking costs nothing.",
    footer = {"", "Example:", "  elumenta price dall-e-3 size=1024x1024"})
final class PriceCommand extends RowsCommand {
  @Parameters(index = "0", paramLabel = "MODEL", description = "Its slug.")
  private String model = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "name=value",
      description = "What the price may depend on.")
  private List<String> words = new ArrayList<>();

  PriceCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    GenerationRequest request = new GenerationRequest().model(model);
    for (String word : words) {
      Parameter parameter = Parameter.of(word);
      if (parameter == null) {
        throw new UsageException("'%s' is not of the form name=value.", Text.oneLine(word));
      }
      request.putParamsItem(parameter.name(), parameter.value());
    }
    try (ElumentaClient elumenta = account.client()) {
      Price price = elumenta.price(request);
      if (rows.isJson) {
        JsonLines.object()
            .with("model", model)
            .with("tokens", price.getTokenCost())
            .with("min_tokens", price.getMinTokenCost())
            .with("max_tokens", price.getMaxTokenCost())
            .with("pricing_type", price.getPricingType())
            .to(around.out());
      } else {
        around.out().println(price.getTokenCost() + " tokens" + range(price));
      }
    }
    return ExitCode.DONE;
  }

  private static String range(Price price) {
    Long least = price.getMinTokenCost();
    Long most = price.getMaxTokenCost();
    return least == null || most == null || least.equals(most)
        ? ""
        : " (between %d and %d)".formatted(least, most);
  }
}
