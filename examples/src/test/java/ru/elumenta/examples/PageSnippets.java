package ru.elumenta.examples;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.SessionStores;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.options.NetworkOptions;
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

  static void afterACrash(
      String key, Consumer<Generation> results, BiConsumer<OpenCall, List<GenerationId>> people) {
    try (FileCallJournal journal = FileCallJournal.at(Path.of("calls.journal"));
        ElumentaClient elumenta = ElumentaClient.builder().apiKey(key).journal(journal).build()) {
      for (OpenCall call : elumenta.openCalls()) {
        if (call.state() == OpenCall.State.UNDER_WAY) {
          continue; // of another process, which lives
        }
        LookUpResult result = elumenta.lookUp(call); // sends GETs only
        if (result instanceof LookUpResult.Found found) {
          results.accept(found.job().await());
        } else if (result instanceof LookUpResult.Several several) {
          people.accept(call, several.ids()); // who then say elumenta.dismiss(call)
        } // not shown so far: it stays listed, to be looked up again
      }
    }
  }

  static void networks(String key, SSLContext context, String first, String second) {
    NetworkOptions network =
        NetworkOptions.defaults()
            .withProxy("proxy.corp", 3128, "ann", System.getenv("PROXY_PASSWORD"))
            .withTls(context) // an SSLContext of your own
            .withHeader("X-Gateway", "g-7")
            .withConnectTimeout(Duration.ofSeconds(5))
            .withApplication("shop/1.4");
    ElumentaClient elumenta = ElumentaClient.builder().apiKey(key).network(network).build();
    elumenta.close();

    try (HttpEngine engine = HttpEngine.create()) {
      ElumentaClient one = ElumentaClient.builder().apiKey(first).sharedWith(engine).build();
      ElumentaClient two = ElumentaClient.builder().apiKey(second).sharedWith(engine).build();
    }
  }
}
