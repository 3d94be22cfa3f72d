package ru.elumenta.client.internal.transport;

import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import ru.elumenta.client.DownloadedFile;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.SpeechFile;

/** What is run in a JVM of its own, with a small heap. */
final class SmallHeap {
  private SmallHeap() {}

  /** Does what the first argument says, with a server on the port that the second names. */
  public static void main(String[] args) throws Exception {
    String url = "http://127.0.0.1:" + args[1];
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey("nb_any_key")
            .baseUrl(url)
            .attemptTimeout(Duration.ofMinutes(1))
            .build()) {
      System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20));
      switch (args[0]) {
        case "upload" ->
            System.out.println(
                elumenta.transcribe(SpeechFile.of(Path.of(args[2]))).text().orElseThrow());
        case "stream" -> {
          CheckedOutputStream sum =
              new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
          DownloadedFile file = elumenta.download(url + "/video.mp4").to(sum);
          System.out.println(file.bytes() + " " + sum.getChecksum().getValue());
        }
        default ->
            System.out.println(elumenta.download(url + "/video.mp4").to(Path.of(args[2])).bytes());
      }
    }
  }
}
