package ru.elumenta.client.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Calls for the tests of journals. */
public final class Calls {
  public static final Instant NOW = Instant.parse("2026-03-08T12:00:00.123456789Z");
  public static final Duration PATIENCE = Duration.ofSeconds(20);
  public static final String PROMPT =
      "A lighthouse at dusk, \"painted\" & framed, with gulls above it";

  private Calls() {}

  public static OpenCall image() {
    return image(PROMPT, NOW);
  }

  public static OpenCall image(String prompt, Instant now) {
    return OpenCall.of(
        "createGeneration",
        "dall-e-3",
        RequestFingerprint.of(
            Map.of("model", "dall-e-3", "prompt", prompt, "params", Map.of("size", "1024x1024"))),
        now,
        Duration.ofSeconds(-2));
  }

  public static List<String> ids(List<OpenCall> calls) {
    return calls.stream().map(OpenCall::id).toList();
  }
}
