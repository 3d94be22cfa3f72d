package com.example.studio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.StreamResult;
import ru.elumenta.client.model.GenerationRequest;

/** A text appears in the browser while the model writes it. */
@RestController
class Texts {
  private static final long NO_LIMIT = 0; // the client has one

  private final ElumentaCalls elumenta;

  Texts(ElumentaCalls elumenta) {
    this.elumenta = elumenta;
  }

  @GetMapping(path = "/texts", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter write(@RequestParam String prompt) {
    SseEmitter browser = new SseEmitter(NO_LIMIT);
    CompletableFuture<StreamResult> stream =
        elumenta.streamAsync(
            new GenerationRequest().model("gpt-5-nano").prompt(prompt),
            event -> {
              if (event instanceof StreamEvent.Delta delta) {
                send(browser, "delta", Map.of("text", delta.text()));
              }
            });
    browser.onError(gone -> stream.cancel(true)); // nobody reads: the service need not go on writing
    stream.whenComplete(
        (result, failure) -> {
          if (failure == null) {
            send(browser, "end", Map.of("tokens", result.tokensCharged().orElse(0)));
            browser.complete();
          } else {
            browser.completeWithError(failure);
          }
        });
    return browser;
  }

  /** As JSON: a browser takes the first blank away from plain text. */
  private static void send(SseEmitter browser, String name, Map<String, Object> data) {
    try {
      browser.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
