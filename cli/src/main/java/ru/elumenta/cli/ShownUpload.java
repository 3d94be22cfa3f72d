package ru.elumenta.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import ru.elumenta.client.SpeechFile;

/** A recording that shows how much of it is sent; from the beginning at each attempt. */
final class ShownUpload {
  private final Path file;
  private final ProgressLine line;
  private final long begin = System.nanoTime();

  ShownUpload(Path file, ProgressLine line) {
    this.file = file;
    this.line = line;
  }

  /** What is no readable file is left to the client, which says so in its own words. */
  SpeechFile recording() {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return SpeechFile.of(file);
    }
    try {
      long length = Files.size(file);
      return SpeechFile.of(file.getFileName().toString(), () -> opened(length), length);
    } catch (IOException e) {
      return SpeechFile.of(file);
    }
  }

  private InputStream opened(long length) {
    try {
      return new Watched(Files.newInputStream(file), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final class Watched extends FilterInputStream {
    private final long length;
    private long sent;

    Watched(InputStream in, long length) {
      super(in);
      this.length = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int read = super.read(bytes, from, count);
      if (read > 0) {
        sent += read;
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        line.transfer("sending " + file.getFileName(), sent, OptionalLong.of(length), time);
      }
      if (sent == length) {
        line.show(file.getFileName() + " is sent", OptionalLong.empty(), "waiting for its text");
      }
      return read;
    }
  }
}
