package ru.elumenta.examples;

import java.io.OutputStream;
import java.nio.file.Path;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.SessionStores;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.TranscriptionOptions;

/** Java of the pages that no example has to the letter: compiled, and compared by DocsTest. */
final class PageSnippets {
  private PageSnippets() {}

  static void downloads(
      ElumentaClient elumenta,
      GenerationRequest request,
      Generation video,
      HistoryItem row,
      OutputStream outputStream) {
    Generation image = elumenta.generate(request);
    elumenta.download(image).to(Path.of("lighthouse.webp"));

    elumenta.download(video).thumbnail().to(Path.of("preview.jpg"));
    elumenta.download(row.fileUrl().orElseThrow()).maxBytes(50_000_000).to(outputStream);
  }

  static void sessions(String email, String password, GenerationRequest request) {
    try (ElumentaSession session =
        ElumentaSession.builder().store(SessionStores.file(Path.of("session.json"))).build()) {
      if (!session.loggedIn()) {
        session.login(email, password); // or loginWithPhone, loginWithTelegram, loginWithGoogle
      }
      try (ElumentaClient elumenta = session.client().build()) {
        elumenta.generate(request);
      }
    }
  }

  static void speech(ElumentaClient elumenta) {
    Generation written = elumenta.transcribe(SpeechFile.of(Path.of("talk.mp3")));
    System.out.println(written.text().orElseThrow());

    TranscriptionOptions russian =
        TranscriptionOptions.defaults().withModel("elevenlabs-scribe").withLanguage("ru");
    elumenta.transcribe(SpeechFile.of(Path.of("talk.flac")), russian.withDiarize(true));
  }
}
