package ru.elumenta.client.internal.upload;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import ru.elumenta.client.error.SpeechFileException.Reason;
import ru.elumenta.client.internal.transport.UnusableSource;

/** Where a recording is read from. */
public interface SpeechSource {
  /**
   * Begins a call that sends it.
   *
   * @return its length in bytes
   * @throws UnusableSource if it cannot be read
   */
  long begin() throws IOException;

  /** Opens it for one attempt. */
  InputStream open() throws IOException;

  /** Returns whether reading it may take its time. */
  default boolean mayBlock() {
    return true;
  }

  /** Returns whether it cannot be opened once more. */
  default boolean isSpent() {
    return false;
  }

  /** Ends the call. */
  default void end() {
    // Most have nothing open between two attempts.
  }

  /** Bytes in memory. */
  record Bytes(byte[] bytes) implements SpeechSource {
    @Override
    public long begin() {
      return bytes.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean mayBlock() {
      return false;
    }
  }

  /** A file. */
  record OfPath(Path path) implements SpeechSource {
    @Override
    public long begin() throws IOException {
      if (Files.isDirectory(path)) {
        throw new UnusableSource(Reason.UNREADABLE, path + " is a directory");
      }
      if (Files.exists(path) && !Files.isRegularFile(path)) {
        throw new UnusableSource(Reason.UNREADABLE, path + " is no regular file");
      }
      try {
        Files.newInputStream(path).close();
        return Files.size(path);
      } catch (NoSuchFileException e) {
        throw new UnusableSource(Reason.UNREADABLE, path + " does not exist");
      } catch (IOException e) {
        throw new UnusableSource(
            Reason.UNREADABLE, path + " cannot be read (" + e.getClass().getSimpleName() + ")");
      }
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }
  }

  /** Streams of a length that is known beforehand, one for each attempt. */
  record Streams(Supplier<? extends InputStream> streams, long length) implements SpeechSource {
    @Override
    public long begin() {
      return length;
    }

    @Override
    public InputStream open() throws IOException {
      InputStream stream = streams.get();
      if (stream == null) {
        throw new UnusableSource(Reason.UNREADABLE, "the supplier gave no stream");
      }
      return stream;
    }
  }

  /** One stream, which can be sent once. */
  final class OneStream implements SpeechSource {
    private final InputStream stream;
    private final long length;
    private final AtomicBoolean isTaken = new AtomicBoolean();
    private final AtomicInteger reads = new AtomicInteger(); // under way
    private volatile boolean isTouched;

    /** Wraps a stream. */
    public OneStream(InputStream stream, long length) {
      this.stream = stream;
      this.length = length;
    }

    @Override
    public long begin() throws IOException {
      if (!isTaken.compareAndSet(false, true)) {
        throw new UnusableSource(
            Reason.UNREADABLE, "the stream was given to a call before, and can be read once");
      }
      return length;
    }

    @Override
    public InputStream open() throws IOException {
      if (isTouched) {
        throw new UnusableSource(Reason.UNREADABLE, "the stream can be read once");
      }
      return new FilterInputStream(stream) {
        @Override
        public int read() throws IOException {
          isTouched = true;
          reads.incrementAndGet();
          try {
            return in.read();
          } finally {
            reads.decrementAndGet();
          }
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
          isTouched = true;
          reads.incrementAndGet();
          try {
            return in.read(bytes, from, count);
          } finally {
            reads.decrementAndGet();
          }
        }

        @Override
        public void close() throws IOException {
          if (isTouched) { // else another attempt may need it
            in.close();
          }
        }
      };
    }

    @Override
    public boolean isSpent() {
      return isTouched;
    }

    @Override
    public void end() {
      if (reads.get() > 0) {
        return; // whoever waited for the read has had it closed, and some streams block in that
      }
      try {
        stream.close();
      } catch (IOException e) {
        // It was only read from.
      }
    }
  }
}
