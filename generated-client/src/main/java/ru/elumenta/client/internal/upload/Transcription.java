package ru.elumenta.client.internal.upload;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.internal.transport.UnusableSource;
import ru.elumenta.client.internal.transport.UploadReader;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;

/** Sends a recording to be written down. */
public final class Transcription {
  /** Taken if none is named (pages: generations/stt, generate/stt). */
  private static final String DEFAULT_MODEL = "whisper";

  private final TranscriptionApi transcriptions;
  private final Optional<UploadReader> reader;
  private final TimeSource time;

  /**
   * Creates it.
   *
   * @param reader by which recordings are read before they are sent; empty if while they are
   */
  public Transcription(
      TranscriptionApi transcriptions, Optional<UploadReader> reader, TimeSource time) {
    this.transcriptions = transcriptions;
    this.reader = reader;
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
  public Generation send(
      SpeechSource recording,
      String name,
      TranscriptionOptions options,
      CallTerms terms,
      Runnable lastCheck) {
    try (SpeechForm form = begin(recording, name, options)) {
      if (reader.isPresent()) {
        form.sendFrom(reader.get().read(form, terms.deadline().remaining()));
      }
      lastCheck.run();
      return ResilientCalls.on(terms, TranscriptionApi.class, transcriptions).transcribe(form);
    } catch (ExchangeException e) {
      ErrorContext context = notSent();
      throw switch (e.kind()) {
        case TIMEOUT -> new CallTimeoutException(context, terms.deadline().limit(), null);
        case INTERRUPTED -> new CallInterruptedException(context, e.getMessage(), null);
        default ->
            unusable(context, e.getMessage(), e.getCause() instanceof IOException own ? own : e);
      };
    }
  }

  private SpeechForm begin(SpeechSource recording, String name, TranscriptionOptions options) {
    try {
      return SpeechForm.begin(recording, name, model(options), fields(options));
    } catch (IOException e) {
      recording.end();
      throw unusable(notSent(), e.getMessage(), e);
    }
  }

  private ErrorContext notSent() {
    return ErrorContext.builder("POST", "/stt")
        .execution(Execution.NOT_EXECUTED)
        .occurredAt(time.now())
        .attempts(0)
        .build();
  }

  private static SpeechFileException unusable(
      ErrorContext context, String problem, IOException cause) {
    return cause instanceof UnusableSource known
        ? new SpeechFileException(context, known.reason(), known.getMessage(), known)
        : new SpeechFileException(context, SpeechFileException.Reason.UNREADABLE, problem, cause);
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
