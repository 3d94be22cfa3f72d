package ru.elumenta.client.batch;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.batch.BatchException.Reason;
import ru.elumenta.client.file.Replacement;

/**
 * How far every item is, in memory and on the disk. Thread-safe.
 *
 * <p>The file is a line for each change ({@link StateImage} lists them), replaced by a short one
 * when it has grown. A last line torn by a kill is cut off: what it was about had not begun.
 */
final class BatchState implements Closeable {
  private static final byte[] HEADER = "elumenta-batch 1\n".getBytes();
  private static final long LEAST_TO_REPLACE = 16L << 20;
  private static final int LONGEST_RECORD = 1 << 30;

  private final Path path;
  private final StateImage image = new StateImage(); // guarded by this, as are the others
  private long whole; // up to where the file can be read
  private @Nullable AppendFile file; // null while it is only read
  private long replaceAt = LEAST_TO_REPLACE;

  private BatchState(Path path) {
    this.path = path;
  }

  /** Reads it; there need not be one. Writes nothing. */
  static BatchState read(Path path) {
    BatchState state = new BatchState(path);
    if (Files.exists(path)) {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
        state.read(in);
      } catch (IOException e) {
        throw new BatchException(
            Reason.OUTPUT_DAMAGED,
            "%s cannot be read (%s)".formatted(path, e.getClass().getSimpleName()),
            "Let this user read it.",
            e);
      }
    }
    return state;
  }

  private void read(InputStream in) throws IOException {
    byte[] header = in.readNBytes(HEADER.length);
    if (header.length < HEADER.length) {
      return; // whoever created it died at once
    }
    if (!java.util.Arrays.equals(header, HEADER)) {
      throw OutputFolder.damaged(
          path, "is no state of a batch, or was written by a later version of this client");
    }
    whole = header.length;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean isTorn = false;
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next != '\n') {
        if (line.size() >= LONGEST_RECORD) {
          throw OutputFolder.damaged(path, "has a line that is too long");
        }
        line.write(next);
        continue;
      }
      String[] words = StateRecord.words(line.toByteArray(), line.size());
      if (words == null) {
        isTorn = true; // nothing may follow
      } else if (isTorn) {
        throw OutputFolder.damaged(path, "is damaged in its midst, which no kill can do");
      } else {
        apply(words);
        whole += line.size() + 1;
      }
      line.reset();
    }
  }

  private void apply(String[] words) {
    try {
      image.apply(words);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw OutputFolder.damaged(path, "has a line that this version of the client does not know");
    }
  }

  /** Makes it ready to be written; the end of it that cannot be read is cut off. */
  synchronized void open() {
    try {
      if (whole == 0) {
        replace();
      } else {
        file = AppendFile.open(path, whole);
      }
    } catch (IOException e) {
      throw OutputFolder.failed(path, e);
    }
  }

  /** What a thread may wait for: that a record is on the disk. */
  interface Written {
    void force();
  }

  /** Writes a record, which a kill does not take back from now on. */
  synchronized Written record(char kind, Object... words) {
    byte[] bytes = StateRecord.line(kind, words);
    AppendFile current = java.util.Objects.requireNonNull(file, "not opened");
    try {
      long end = current.append(bytes);
      image.apply(StateRecord.words(bytes, bytes.length - 1));
      if (end > replaceAt) {
        replace();
      }
      return () -> force(current, end);
    } catch (IOException e) {
      throw OutputFolder.failed(path, e);
    }
  }

  private void force(AppendFile written, long end) {
    synchronized (this) {
      if (written != file) {
        return; // replaced by one that was on the disk before it was renamed
      }
    }
    try {
      written.force(end);
    } catch (IOException e) {
      synchronized (this) {
        if (written != file) {
          return;
        }
      }
      throw OutputFolder.failed(path, e);
    }
  }

  /** Takes a short file for the long one, both whole at any moment. */
  private void replace() throws IOException {
    Path next = path.resolveSibling("state.next");
    Files.deleteIfExists(next);
    long end;
    try (AppendFile shorter = AppendFile.open(next, 0)) {
      shorter.append(HEADER);
      if (image.batchId != null) {
        image.write(
            record -> {
              try {
                shorter.append(record);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
      end = shorter.end();
      shorter.force(end);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (file != null) {
      file.close();
    }
    Replacement.move(next, path);
    OutputFolder.forceFolder(path.getParent());
    file = AppendFile.open(path, end);
    replaceAt = Math.max(LEAST_TO_REPLACE, end * 4);
  }

  /** Looks at it, or changes nothing but what records change. */
  synchronized <T> T look(java.util.function.Function<StateImage, T> at) {
    return at.apply(image);
  }

  synchronized Optional<LiveItem> live(int line) {
    return Optional.ofNullable(image.live.get(line));
  }

  synchronized boolean isSettled(int line) {
    return image.completed.get(line) || image.failed.get(line);
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
