package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.FileHost.TAG;
import static ru.elumenta.client.internal.transport.FileHost.answer;
import static ru.elumenta.client.internal.transport.FileHost.client;
import static ru.elumenta.client.internal.transport.FileHost.file;
import static ru.elumenta.client.internal.transport.FileHost.image;
import static ru.elumenta.client.internal.transport.FileHost.serving;
import static ru.elumenta.client.internal.transport.FileHost.withoutRanges;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.DownloadException;
import ru.elumenta.client.DownloadException.Reason;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.internal.transport.RawServer.Script;

/** What breaks off is gone on with, begun anew, or given up; never mended with the wrong bytes. */
class DownloadResumeTest {
  private static final byte[] FILE = file(200);
  private static final int HEAD = answer("200 OK", TAG, FILE).length - FILE.length;
  private static final String SEEN = "ETag: \"v1\"\r\n";

  @TempDir Path directory;

  private Path target() {
    return directory.resolve("image.webp");
  }

  private byte[] downloaded(RawServer host, ElumentaClient elumenta) throws Exception {
    elumenta.download(image(host)).overwriting().to(target());
    return Files.readAllBytes(target());
  }

  @Test
  void anAnswerCutAtAnyByteIsGoneOnWithWhereItWasCut() throws Exception {
    for (int cut = 0; cut < HEAD + FILE.length; cut++) {
      try (RawServer host = RawServer.script(serving(FILE, SEEN, cut), serving(FILE));
          ElumentaClient elumenta = client(host).build()) {
        assertThat(downloaded(host, elumenta)).as("cut after %d bytes", cut).isEqualTo(FILE);

        // The JDK repeats a read by itself if nothing at all was answered.
        assertThat(host.requests()).as("cut after %d bytes", cut).isEqualTo(2);
        int arrived = Math.max(0, cut - HEAD);
        if (arrived > 0) {
          assertThat(host.received().get(1).values("Range"))
              .isSubsetOf(
                  IntStream.rangeClosed(0, arrived).mapToObj("bytes=%d-"::formatted).toList());
          assertThat(host.received().get(1).values("If-Range")).isSubsetOf("\"v1\"");
        }
      }
    }
  }

  @Test
  void aHostWithoutRangesIsAskedForAllOfItAgain() throws Exception {
    for (int cut : new int[] {HEAD, HEAD + 1, HEAD + 100, HEAD + 180}) {
      int early = cut - TAG.length(); // it sends no tag
      try (RawServer host =
              RawServer.script(withoutRanges(FILE, early), withoutRanges(FILE, Integer.MAX_VALUE));
          ElumentaClient elumenta = client(host).build()) {
        assertThat(downloaded(host, elumenta)).isEqualTo(FILE);

        assertThat(host.requests()).isEqualTo(2);
        assertThat(host.received().get(1).values("Range")).isEmpty();
      }
    }
  }

  @Test
  void aStreamCannotTakeBackWhatItWasGivenSoItIsGivenUp() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RawServer host = RawServer.script(withoutRanges(FILE, HEAD + 100));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class, () -> elumenta.download(image(host)).to(out));

      assertThat(e.reason()).isEqualTo(Reason.BROKEN_OFF);
      assertThat(host.requests()).isEqualTo(1);
      assertThat(FILE).startsWith(out.toByteArray());
    }
  }

  @Test
  void aFileThatHasChangedIsBegunAnew() throws Exception {
    byte[] changed = file(300);
    for (int i = 0; i < changed.length; i++) {
      changed[i] ^= 0x55;
    }
    try (RawServer host =
            RawServer.script(
                serving(FILE, SEEN, HEAD + 100),
                serving(changed, "ETag: \"v2\"\r\n", Integer.MAX_VALUE));
        ElumentaClient elumenta = client(host).build()) {
      assertThat(downloaded(host, elumenta)).isEqualTo(changed);

      assertThat(host.requests()).isEqualTo(2);
    }
  }

  private static Script partial(String range, byte[] bytes) {
    return conn -> {
      conn.readRequest();
      conn.write(answer("206 Partial Content\r\nContent-Range: " + range, TAG, bytes));
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes 0-199/200", "bytes 100-199/300", "nonsense", "bytes */200"})
  void aWrongPartOfItIsNotUsed(String range) throws Exception {
    try (RawServer host =
            RawServer.script(
                serving(FILE, SEEN, HEAD + 100), partial(range, file(100)), serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      assertThat(downloaded(host, elumenta)).isEqualTo(FILE);

      assertThat(host.requests()).isEqualTo(3);
      assertThat(host.received().get(2).values("Range")).as("begun anew").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ETag: W/\"v1\"\r\n", ""})
  void withoutAStrongTagOrADateThereIsNothingToGoOnBy(String validator) throws Exception {
    int early = HEAD - TAG.length() + validator.length() + 100;
    try (RawServer host = RawServer.script(serving(FILE, validator, early), serving(FILE));
        ElumentaClient elumenta = client(host).build()) {
      assertThat(downloaded(host, elumenta)).isEqualTo(FILE);

      assertThat(host.received().get(1).values("Range")).isEmpty();
    }
  }

  @Test
  void aDateWillDo() throws Exception {
    String date = "Last-Modified: Sun, 08 Mar 2026 12:00:00 GMT\r\n";
    int early = HEAD - TAG.length() + date.length() + 100;
    try (RawServer host =
            RawServer.script(serving(FILE, date, early), serving(FILE, date, Integer.MAX_VALUE));
        ElumentaClient elumenta = client(host).build()) {
      assertThat(downloaded(host, elumenta)).isEqualTo(FILE);

      assertThat(host.received().get(1).values("If-Range"))
          .containsExactly("Sun, 08 Mar 2026 12:00:00 GMT");
    }
  }

  @Test
  void aHostThatNeverGetsAnyFurtherIsGivenUp() throws Exception {
    try (RawServer host = RawServer.script(withoutRanges(FILE, HEAD + 50));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class, () -> elumenta.download(image(host)).to(target()));

      assertThat(e.reason()).isEqualTo(Reason.BROKEN_OFF);
      assertThat(e.context().attempts()).isEqualTo(4);
      assertThat(host.requests()).isEqualTo(4);
      assertThat(directory).isEmptyDirectory();
    }
  }
}
