package ru.elumenta.examples;

import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.StreamResult;
import ru.elumenta.client.error.StreamException;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.Message;
import ru.elumenta.examples.EmbeddedService.Answer;

/**
 * Shows texts that arrive piece by piece, against a server on this machine: no account, no key.
 * With {@code ELUMENTA_API_KEY} set it asks the real service instead, which costs a few tokens.
 */
public final class Streaming {
  private Streaming() {}

  /** Runs it. */
  public static void main(String[] args) {
    if (System.getenv("ELUMENTA_API_KEY") == null) {
      run();
      return;
    }
    try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
      print(elumenta, prompt());
    }
  }

  static void run() {
    try (EmbeddedService service = new EmbeddedService();
        ElumentaClient elumenta =
            ElumentaClient.builder().apiKey("nb_not_a_real_key").baseUrl(service.url()).build()) {
      String sample = Sample.text("generations", "streamed-text");
      String delta =
          sample.lines().filter(line -> line.contains("delta")).findFirst().orElseThrow();
      String more = delta + "\n\n" + delta.replace("Once", " upon a time");
      service.willAnswer(List.of(Answer.stream(sample.replace(delta, more))));
      print(elumenta, prompt());

      service.willAnswer(
          List.of(Answer.stream(Sample.text("generations", "streamed-text-second-dialect"))));
      print(elumenta, conversation());

      service.willAnswer(
          List.of(
              Answer.stream(
                  sample.substring(0, sample.indexOf("\ndata: {\"type\": \"generation_end")))));
      print(elumenta, prompt());
    }
  }

  private static GenerationRequest prompt() {
    return new GenerationRequest().model("gpt-5").prompt("Tell me a story in three words");
  }

  private static GenerationRequest conversation() {
    return new GenerationRequest()
        .model("gpt-5")
        .addMessagesItem(new Message().role("user").content("Tell me a story in three words"));
  }

  private static void print(ElumentaClient elumenta, GenerationRequest request) {
    try (GenerationStream stream = elumenta.stream(request)) {
      for (StreamEvent event : stream) {
        if (event instanceof StreamEvent.Delta delta) {
          System.out.print(delta.text());
        }
      }
      StreamResult result = stream.result();
      System.out.printf(" [%d tokens%s]%n", result.tokensCharged().orElse(0), balance(result));
    } catch (StreamException e) {
      System.out.printf(" [broken off after '%s', %s]%n", e.text(), Outcome.of(e));
    }
  }

  private static String balance(StreamResult result) {
    return result.balanceRemaining().isPresent()
        ? ", " + result.balanceRemaining().getAsLong() + " left"
        : "";
  }
}
