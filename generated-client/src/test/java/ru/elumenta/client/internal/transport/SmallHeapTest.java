package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of any length go through a heap of 64 MB. */
class SmallHeapTest {
  private static final int PIECE = 1 << 20;

  @TempDir private Path folder;

  /** Runs {@link SmallHeap} in a JVM of its own and returns what it printed. */
  private List<String> run(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeap.class.getName()));
    command.addAll(Arrays.asList(arguments));
    Path printed = folder.resolve("printed");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(printed, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(lines.toString()).isZero();
    assertThat(Integer.parseInt(lines.get(0).replace("heap ", ""))).isLessThanOrEqualTo(64);
    return lines.subList(1, lines.size());
  }

  private static byte[] piece() {
    byte[] piece = new byte[PIECE];
    new Random(1).nextBytes(piece);
    return piece;
  }

  /** A host of a file of so many MiB, which breaks the first connection off in the middle. */
  private static RawServer sending(int pieces) throws IOException {
    byte[] piece = piece();
    long length = (long) pieces * PIECE;
    int first = pieces / 2;
    return RawServer.script(
        conn -> {
          conn.readRequest();
          conn.write(
              "HTTP/1.1 200 OK\r\nETag: \"v1\"\r\nContent-Length: %d\r\n\r\n".formatted(length));
          for (int i = 0; i < first; i++) {
            conn.write(piece);
          }
          conn.close();
        },
        conn -> {
          conn.readRequest();
          conn.write(
              "HTTP/1.1 206 Part\r\nContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n"
                  .formatted(
                      (long) first * PIECE, length - 1, length, length - (long) first * PIECE));
          for (int i = first; i < pieces; i++) {
            conn.write(piece);
          }
        });
  }

  @Test
  void aGibibyteComesDown() throws Exception {
    CRC32 sum = new CRC32();
    byte[] piece = piece();
    for (int i = 0; i < 1024; i++) {
      sum.update(piece);
    }
    try (RawServer server = sending(1024)) {
      assertThat(run("stream", "" + server.port()))
          .containsExactly((1L << 30) + " " + sum.getValue());
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void aLargeFileIsWritten() throws Exception {
    try (RawServer server = sending(200)) {
      Path file = folder.resolve("video.mp4");
      assertThat(run("path", "" + server.port(), file.toString()))
          .containsExactly("" + 200L * PIECE);
      assertThat(Files.mismatch(file, repeated(200))).isEqualTo(-1);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  private Path repeated(int pieces) throws IOException {
    Path file = folder.resolve("expected");
    byte[] piece = piece();
    try (var out = Files.newOutputStream(file)) {
      for (int i = 0; i < pieces; i++) {
        out.write(piece);
      }
    }
    return file;
  }

  @Test
  void theLargestRecordingGoesUp() throws Exception {
    int length = 25 << 20;
    byte[] bytes = new byte[length];
    new Random(2).nextBytes(bytes);
    Path recording = Files.write(folder.resolve("talk.mp3"), bytes);
    try (RawServer server =
        RawServer.answering(Recording.json(200, Recording.WRITTEN.replace("…", "")))) {
      assertThat(run("upload", "" + server.port(), recording.toString()))
          .containsExactly("Hello and welcome");

      RawServer.Received request = server.received().get(0);
      assertThat(request.values("Content-Length")).containsExactly("" + request.body().length);
      assertThat(request.values("Transfer-Encoding")).isEmpty();
      int begin =
          new String(request.body(), 0, 1_000, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
      assertThat(Arrays.equals(request.body(), begin, begin + length, bytes, 0, length)).isTrue();
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
