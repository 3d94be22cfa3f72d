package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  @Test
  void printsWhatCameDown(@TempDir Path folder) {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Downloads.run(folder);
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "video.mp4: 13 bytes, video/mp4",
            "video.jpg: 9 bytes, image/jpeg",
            "again.mp4: FileUnavailableException, 404, cost nothing",
            "again.mp4: DownloadFailedException, 200, cost nothing",
            "video.mp4: DownloadFailedException, cost nothing",
            "requests: 5");
  }
}
