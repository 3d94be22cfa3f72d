package ru.elumenta.client.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * A file of lines, each of which is on the disk before the state says so. Threads write at once;
 * the state knows up to where all lines are known to it. Thread-safe.
 */
final class LineFile implements Closeable {
  private final Path path;
  private final AppendFile file;
  private final TreeSet<Long> begun = new TreeSet<>(); // where lines start; guarded by this

  private LineFile(Path path, AppendFile file) {
    this.path = path;
    this.file = file;
  }

  static LineFile open(Path path, long size) {
    try {
      return new LineFile(path, AppendFile.open(path, size));
    } catch (IOException e) {
      throw OutputFolder.failed(path, e);
    }
  }

  /**
   * Writes a line, and returns when the disk and the state have it.
   *
   * @param settled writes into the state; is given up to where all lines are known to it then
   */
  void write(byte[] line, LongConsumer settled) {
    try {
      long end;
      synchronized (this) {
        end = file.append(line);
        begun.add(end - line.length);
      }
      file.force(end);
      synchronized (this) {
        begun.remove(end - line.length);
        settled.accept(begun.isEmpty() ? file.end() : begun.first());
      }
    } catch (IOException e) {
      throw OutputFolder.failed(path, e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
