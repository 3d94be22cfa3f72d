package com.example.consumer;

import java.io.ByteArrayOutputStream;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ValidationException;

/** Generates, downloads, streams and is refused once. */
public final class Consumer {
  private Consumer() {}

  /** Uses the service at an address. */
  public static void main(String[] addressAndKey) {
    try (ElumentaClient elumenta =
        ElumentaClient.builder().baseUrl(addressAndKey[0]).apiKey(addressAndKey[1]).build()) {
      use(elumenta);
    }
  }

  static void use(ElumentaClient elumenta) {
    Generation image =
        elumenta.generate(
            new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk"));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    long bytes = elumenta.download(image).to(file).bytes();
    check(bytes > 0 && bytes == file.size(), "downloaded " + bytes + " bytes");

    StringBuilder text = new StringBuilder();
    try (GenerationStream stream =
        elumenta.stream(new GenerationRequest().model("gpt-5").prompt("A story in three words"))) {
      for (StreamEvent event : stream) {
        if (event instanceof StreamEvent.Delta delta) {
          text.append(delta.text());
        }
      }
    }
    check(!text.isEmpty(), "streamed '" + text + "'");

    String refused = null;
    try {
      elumenta.generate(new GenerationRequest().model("gpt-5"));
    } catch (ElumentaException e) {
      refused = e.getClass().getSimpleName();
    }
    check(ValidationException.class.getSimpleName().equals(refused), "refused: " + refused);

    check(elumenta.history().stream().count() > 0, "found in the history");
  }

  static void check(boolean isSo, String what) {
    System.out.println((isSo ? "" : "NOT ") + what);
    if (!isSo) {
      throw new AssertionError(what);
    }
  }
}
