package ru.elumenta.client.batch;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import ru.elumenta.client.file.OwnerOnly;

/**
 * A file that only grows. Threads that want to know what they wrote on the disk share the way
 * there. No interrupt ends a write: a channel would be closed by it, under everybody. Thread-safe.
 */
final class AppendFile implements Closeable {
  private final RandomAccessFile file;
  private long end; // guarded by this, as are the others
  private long durable;
  private boolean isForcing;
  private boolean isBroken;

  private AppendFile(RandomAccessFile file, long end) {
    this.file = file;
    this.end = end;
  }

  /** Opens a file, for its owner alone if it is not there yet; what is beyond the size is cut. */
  static AppendFile open(Path path, long size) throws IOException {
    OwnerOnly.open(path, StandardOpenOption.WRITE).close();
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (file.length() != size) {
        file.setLength(size);
      }
      file.seek(size);
      file.getFD().sync();
      return new AppendFile(file, size);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  synchronized long end() {
    return end;
  }

  /** Appends, and returns where the file ends now; the operating system has it. */
  synchronized long append(byte[] bytes) throws IOException {
    if (isBroken) {
      throw new IOException("an earlier write failed, and could not be taken back");
    }
    try {
      file.write(bytes);
    } catch (IOException e) {
      takeBack();
      throw e;
    }
    end += bytes.length;
    return end;
  }

  /** A disk that is full may have taken a part. */
  private void takeBack() {
    try {
      file.setLength(end);
      file.seek(end);
    } catch (IOException e) {
      isBroken = true;
    }
  }

  /** Returns when the disk has everything up to there. */
  void force(long upTo) throws IOException {
    long reached;
    synchronized (this) {
      boolean wasInterrupted = false;
      while (isForcing && durable < upTo) {
        try {
          wait();
        } catch (InterruptedException e) {
          wasInterrupted = true;
        }
      }
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
      if (durable >= upTo) {
        return;
      }
      isForcing = true;
      reached = end;
    }
    boolean isDone = false;
    try {
      file.getFD().sync();
      isDone = true;
    } finally {
      synchronized (this) {
        isForcing = false;
        if (isDone) {
          durable = Math.max(durable, reached);
        }
        notifyAll();
      }
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
