package ru.elumenta.examples;

import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.HistoryFilter;

/** Shows the history: all of it, part of it, and as much of it as is needed. */
public final class PastGenerations {
  private PastGenerations() {}

  /** Runs it against a simulated service: no account, no key. */
  public static void main(String[] args) {
    SimulatedService.run(PastGenerations::print);
  }

  static void print(ElumentaClient elumenta) {
    for (String prompt : new String[] {"One", "Two", "Three"}) {
      elumenta.generate(new GenerationRequest().model("dall-e-3").prompt(prompt));
      elumenta.generate(new GenerationRequest().model("gpt-5").prompt(prompt));
    }

    for (HistoryItem row : elumenta.history(HistoryFilter.all().withCategory("image"))) {
      System.out.println(row.getPrompt() + ", " + row.tokensCharged().orElse(0) + " tokens");
    }

    long spent =
        elumenta
            .history(HistoryFilter.all().withStatus(GenerationStatus.COMPLETED).withPageSize(2))
            .stream()
            .mapToLong(row -> row.tokensCharged().orElse(0))
            .sum();
    System.out.println(spent + " tokens in all");

    elumenta.history().stream()
        .filter(row -> "gpt-5".equals(row.modelName().orElse(null)))
        .findFirst()
        .ifPresent(row -> System.out.println("last text: " + row.getPrompt()));
  }
}
