package ru.elumenta.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import ru.elumenta.client.Download;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.examples.EmbeddedService.Answer;

/**
 * Downloads what was generated, from a server on this machine: no account, no key. With {@code
 * ELUMENTA_API_KEY} set it asks the real service instead, which costs a few tokens.
 */
public final class Downloads {
  private Downloads() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("elumenta");
    if (System.getenv("ELUMENTA_API_KEY") == null) {
      run(folder);
      return;
    }
    try (ElumentaClient elumenta = ElumentaClient.fromEnv()) {
      print(elumenta.download(elumenta.generate(image())), folder.resolve("lighthouse.webp"));
    }
  }

  static void run(Path folder) {
    try (EmbeddedService service = new EmbeddedService();
        ElumentaClient elumenta =
            ElumentaClient.builder().apiKey("nb_not_a_real_key").baseUrl(service.url()).build()) {
      String host = service.url().replace("/api/v2", "");
      String video =
          Sample.json("generations", "completed-video")
              .replace("https://storage.elumenta.ru", host);
      service.willAnswer(
          List.of(
              new Answer(200, video, null),
              new Answer(200, "a film, or so", null, "video/mp4"),
              new Answer(200, "a picture", null, "image/jpeg"),
              new Answer(404, "gone", null, "text/plain"),
              new Answer(200, "<h1>Sorry</h1>", null, "text/html")));
      Generation generation = elumenta.generate(image());
      print(elumenta.download(generation), folder.resolve("video.mp4"));
      print(elumenta.download(generation).thumbnail(), folder.resolve("video.jpg"));
      print(elumenta.download(generation), folder.resolve("again.mp4"));
      print(elumenta.download(generation), folder.resolve("again.mp4"));
      print(elumenta.download(generation), folder.resolve("video.mp4"));
      System.out.println("requests: " + service.requests());
    }
  }

  private static GenerationRequest image() {
    return new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");
  }

  private static void print(Download download, Path file) {
    try {
      DownloadedFile downloaded = download.to(file);
      System.out.printf(
          "%s: %d bytes, %s%n",
          file.getFileName(), downloaded.bytes(), downloaded.contentType().orElse("any type"));
    } catch (ElumentaException e) {
      System.out.printf("%s: %s%n", file.getFileName(), Outcome.of(e));
    }
  }
}
