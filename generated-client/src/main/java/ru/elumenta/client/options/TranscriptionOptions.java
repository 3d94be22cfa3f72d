package ru.elumenta.client.options;

import java.util.Optional;
import ru.elumenta.client.check.Require;

/**
 * How speech is written down (pages: generations/stt, generate/stt). Immutable; start from {@link
 * #defaults()}, which sends none of these.
 *
 * @param model the slug; empty for that of the service, documented as {@code whisper}; also {@code
 *     gpt-4o-transcribe} and {@code elevenlabs-scribe}
 * @param language of the recording, for example {@code ru}; empty to have it detected
 * @param diarize whether to tell speakers apart, documented for {@code elevenlabs-scribe} only: the
 *     text then reads {@code [Speaker 1]: … [Speaker 2]: …}; false is not sent
 */
public record TranscriptionOptions(
    Optional<String> model, Optional<String> language, boolean diarize) {
  private static final TranscriptionOptions DEFAULTS =
      new TranscriptionOptions(Optional.empty(), Optional.empty(), false);

  /**
   * Creates options.
   *
   * @throws IllegalArgumentException if a text is blank
   */
  public TranscriptionOptions {
    Require.notNull("model", model)
        .ifPresent(slug -> Require.that(!slug.isBlank(), "model must not be blank."));
    Require.notNull("language", language)
        .ifPresent(code -> Require.that(!code.isBlank(), "language must not be blank."));
  }

  /** Returns the defaults. */
  public static TranscriptionOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with a model. */
  public TranscriptionOptions withModel(String slug) {
    return new TranscriptionOptions(Optional.of(Require.notNull("model", slug)), language, diarize);
  }

  /** Returns a copy with a language. */
  public TranscriptionOptions withLanguage(String code) {
    return new TranscriptionOptions(model, Optional.of(Require.notNull("language", code)), diarize);
  }

  /** Returns a copy that tells speakers apart, or does not. */
  public TranscriptionOptions withDiarize(boolean isWanted) {
    return new TranscriptionOptions(model, language, isWanted);
  }
}
