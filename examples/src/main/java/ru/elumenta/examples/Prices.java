package ru.elumenta.examples;

import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Price;

/** Shows what a call will cost, may cost, did cost, and what is left. */
public final class Prices {
  private Prices() {}

  /** Runs it against a simulated service: no account, no key. */
  public static void main(String[] args) {
    SimulatedService.run(Prices::print);
  }

  static void print(ElumentaClient elumenta) {
    GenerationRequest request =
        new GenerationRequest()
            .model("dall-e-3")
            .prompt("A lighthouse at dusk")
            .putParamsItem("size", "1024x1024");

    Price price = elumenta.price(request); // costs nothing
    System.out.printf(
        "%d tokens; this model costs %d to %d%n",
        price.getTokenCost(), price.getMinTokenCost(), price.getMaxTokenCost());

    try {
      elumenta.maxCost(1).generate(request);
    } catch (MaxCostExceededException e) {
      System.out.println(e.getMessage());
    }

    Generation image = elumenta.maxCost(price.getTokenCost()).generate(request);
    System.out.printf(
        "charged %d, by this client %d in all, %d left%n",
        image.tokensCharged().orElse(0),
        elumenta.tokensCharged(),
        elumenta.balance().getTokenBalance());
  }
}
