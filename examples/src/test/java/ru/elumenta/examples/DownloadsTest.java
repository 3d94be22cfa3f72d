package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadsTest {
  @Test
  void printsWhatCameDown(@TempDir Path folder) {
    assertThat(Printed.by(() -> Downloads.run(folder)))
        .containsExactly(
            "video.mp4: 13 bytes, video/mp4",
            "video.jpg: 9 bytes, image/jpeg",
            "again.mp4: FileUnavailableException, 404, cost nothing",
            "again.mp4: DownloadFailedException, 200, cost nothing",
            "video.mp4: DownloadFailedException, cost nothing",
            "requests: 5");
  }
}
