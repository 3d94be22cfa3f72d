package com.example.posters;

import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ModelAnswer;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.error.ValidationException;

/** Makes posters, and says in the words of this application why it could not. */
public final class Posters {
  private static final List<String> FURTHER_MODELS = List.of("flux-1.1-pro");

  private final ElumentaClient elumenta;

  public Posters(ElumentaClient elumenta) {
    this.elumenta = elumenta;
  }

  /** What became of an order: the address of the poster, or what the customer is told. */
  public record Order(String posterUrl, String answer) {}

  public Order order(String title, String size) {
    GenerationRequest request =
        new GenerationRequest()
            .model("dall-e-3")
            .prompt("A poster that says " + title)
            .putParamsItem("size", size);
    try {
      ModelAnswer made = elumenta.generateWithFallback(request, FURTHER_MODELS);
      return new Order(made.generation().fileUrl().orElseThrow(), "Made by " + made.model());
    } catch (ValidationException e) {
      return new Order(null, "Please choose another " + e.fields().get(0).field());
    } catch (InsufficientTokensException e) {
      return new Order(null, "Sold out until we have " + e.shortfall().orElse(1) + " more tokens");
    } catch (OutcomeUnknownException e) {
      return new Order(null, "We are looking for your poster"); // and do not order it again
    }
  }
}
