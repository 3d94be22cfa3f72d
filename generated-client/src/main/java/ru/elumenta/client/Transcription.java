package ru.elumenta.client;

import feign.TypedResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.upload.SpeechForm;
import ru.elumenta.client.internal.upload.TranscriptionApi;
import ru.elumenta.client.internal.upload.UnusableSource;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** Sends a recording to be written down. */
final class Transcription {
  /** Taken if none is named (pages: generations/stt, generate/stt). */
  private static final String DEFAULT_MODEL = "whisper";

  private final ClientCore core;
  private final TranscriptionApi api;

  /**
   * Creates it.
   *
   * @param callTimeout of {@link ElumentaClient#within}, or null
   */
  Transcription(ClientCore core, Duration callTimeout) {
    this.core = core;
    this.api =
        callTimeout == null
            ? core.transcriptions()
            : ResilientCalls.on(
                terms -> terms.lasting(callTimeout), TranscriptionApi.class, core.transcriptions());
  }

  static String model(TranscriptionOptions options) {
    return options.model().orElse(DEFAULT_MODEL);
  }

  /**
   * Sends it.
   *
   * @param lastCheck made when the recording is known to be in order, before anything is sent
   */
  TypedResponse<Generation> send(
      SpeechFile recording, TranscriptionOptions options, Runnable lastCheck) {
    try (SpeechForm form = begin(recording, options)) {
      lastCheck.run();
      return api.transcribe(form);
    }
  }

  private SpeechForm begin(SpeechFile recording, TranscriptionOptions options) {
    try {
      SpeechForm form =
          SpeechForm.begin(recording.source(), recording.name(), model(options), fields(options));
      if (!core.isUploadStreamed()) {
        form.readWhole();
      }
      return form;
    } catch (IOException e) {
      recording.source().end();
      ErrorContext context =
          ErrorContext.builder("POST", "/stt")
              .execution(Execution.NOT_EXECUTED)
              .occurredAt(core.time().now())
              .attempts(0)
              .build();
      SpeechFileException.Reason reason =
          e instanceof UnusableSource unusable
              ? unusable.reason()
              : SpeechFileException.Reason.UNREADABLE;
      throw new SpeechFileException(context, reason, e.getMessage(), e);
    }
  }

  /** What is not set is not sent. */
  private static Map<String, String> fields(TranscriptionOptions options) {
    Map<String, String> fields = new LinkedHashMap<>();
    options.model().ifPresent(model -> fields.put("model", model));
    options.language().ifPresent(language -> fields.put("language", language));
    if (options.diarize()) {
      fields.put("diarize", "true");
    }
    return fields;
  }
}
