package ru.elumenta.client.internal.upload;

import feign.TypedResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.transport.UnusableSource;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** Sends a recording to be written down. */
public final class Transcription {
  /** Taken if none is named (pages: generations/stt, generate/stt). */
  private static final String DEFAULT_MODEL = "whisper";

  private final TranscriptionApi transcriptions;
  private final boolean isStreamed;
  private final TimeSource time;

  /**
   * Creates it.
   *
   * @param isStreamed whether recordings are read while they are sent, and not before
   */
  public Transcription(TranscriptionApi transcriptions, boolean isStreamed, TimeSource time) {
    this.transcriptions = transcriptions;
    this.isStreamed = isStreamed;
    this.time = time;
  }

  public static String model(TranscriptionOptions options) {
    return options.model().orElse(DEFAULT_MODEL);
  }

  /**
   * Sends it.
   *
   * @param lastCheck made when the recording is known to be in order, before anything is sent
   */
  public TypedResponse<Generation> send(
      SpeechSource recording,
      String name,
      TranscriptionOptions options,
      CallTerms terms,
      Runnable lastCheck) {
    try (SpeechForm form = begin(recording, name, options)) {
      lastCheck.run();
      return ResilientCalls.on(terms, TranscriptionApi.class, transcriptions).transcribe(form);
    }
  }

  private SpeechForm begin(SpeechSource recording, String name, TranscriptionOptions options) {
    try {
      SpeechForm form = SpeechForm.begin(recording, name, model(options), fields(options));
      if (!isStreamed) {
        form.readWhole();
      }
      return form;
    } catch (IOException e) {
      recording.end();
      ErrorContext context =
          ErrorContext.builder("POST", "/stt")
              .execution(Execution.NOT_EXECUTED)
              .occurredAt(time.now())
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
