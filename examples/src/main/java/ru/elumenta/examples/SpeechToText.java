package ru.elumenta.examples;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TranscriptionOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.examples.EmbeddedService.Answer;

/**
 * Writes down speech, against a server on this machine: no account, no key. With {@code
 * ELUMENTA_API_KEY} set it asks the real service instead, which costs a few tokens, to write down
 * the file that {@code ELUMENTA_RECORDING} names.
 */
public final class SpeechToText {
  private SpeechToText() {}

  /** Runs it. */
  public static void main(String[] args) {
    if (System.getenv("ELUMENTA_API_KEY") == null) {
      run();
      return;
    }
    try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
      print(elumenta, SpeechFile.of(Path.of(System.getenv("ELUMENTA_RECORDING"))));
    }
  }

  static void run() {
    try (EmbeddedService service = new EmbeddedService();
        ElumentaClient elumenta =
            ElumentaClient.builder().apiKey("nb_not_a_real_key").baseUrl(service.url()).build()) {
      byte[] bytes = "a recording".getBytes(StandardCharsets.UTF_8);
      service.willAnswer(List.of(Answer.of(200, "generations", "transcription")));
      print(elumenta, SpeechFile.of("talk.mp3", bytes));

      service.willAnswer(List.of(Answer.of(200, "generations", "transcription-without-model")));
      print(elumenta, SpeechFile.of("talk.mp3", bytes));

      service.willAnswer(List.of(Answer.of(402, "errors", "insufficient-tokens")));
      print(elumenta, SpeechFile.of("talk.mp3", bytes));

      service.willAnswer(List.of(Answer.of(200, "generations", "transcription")));
      print(elumenta, SpeechFile.of("talk.txt", bytes));
      print(elumenta, SpeechFile.of("talk.wav", new byte[26_214_401]));
      System.out.println("requests for the last two: " + service.requests());
    }
  }

  private static void print(ElumentaClient elumenta, SpeechFile recording) {
    TranscriptionOptions options = TranscriptionOptions.defaults().withLanguage("en");
    try {
      Generation written = elumenta.transcribe(recording, options);
      System.out.printf(
          "%s [%s, %d tokens]%n",
          written.text().orElseThrow(),
          written.modelName().orElse("model not named"),
          written.tokensCharged().orElse(0));
    } catch (SpeechFileException e) {
      System.out.printf("not sent: %s, %s%n", e.reason(), Outcome.of(e));
    } catch (ElumentaException e) {
      System.out.println(Outcome.of(e));
    }
  }
}
