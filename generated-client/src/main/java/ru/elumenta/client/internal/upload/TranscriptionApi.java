package ru.elumenta.client.internal.upload;

import feign.Headers;
import feign.RequestLine;
import jakarta.annotation.Nonnull;
import ru.elumenta.client.model.Generation;

/** The operation that the generator leaves out because its body is a file. */
public interface TranscriptionApi {
  /** Writes down speech (pages: generations/stt, generate/stt). */
  @RequestLine("POST /stt")
  @Headers("Accept: application/json")
  Generation transcribe(@Nonnull SpeechForm form);
}
