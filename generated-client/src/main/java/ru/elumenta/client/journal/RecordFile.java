package ru.elumenta.client.journal;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.file.OwnerOnly;
import ru.elumenta.client.file.Replacement;

/**
 * A file of records: a first line that says the version, and then a line for each. It only grows,
 * until it is replaced by a shorter one as a whole. Used by one thread, which has its turn among
 * the processes for all but {@link #force}.
 */
final class RecordFile implements Closeable {
  private static final String NAME = "elumenta-call-journal ";
  private static final byte[] HEADER = (NAME + "1\n").getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEADER = 64;

  private final Path file;
  private @Nullable FileChannel channel; // null until it is opened
  private @Nullable Object key; // of the file that is open; null where the system has none
  private long generation;
  private long position; // up to where it was read
  private boolean wasThere;

  RecordFile(Path file) {
    this.file = file;
  }

  /**
   * Opens the file if it is not open, or is not the one that stands there now.
   *
   * @return whether it was opened and is to be read from its beginning
   */
  boolean refresh(long newest) throws IOException {
    boolean isNew = !Files.exists(file);
    if (isNew && wasThere) {
      throw new NoSuchFileException(file.toString());
    }
    if (channel != null && generation == newest && Objects.equals(key, key())) {
      return false;
    }
    close();
    channel = OwnerOnly.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    generation = newest;
    key = key();
    readHeader();
    if (isNew) {
      forceFolder();
    }
    wasThere = true;
    return true;
  }

  private Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private void readHeader() throws IOException {
    byte[] start = read(0, (int) Math.min(channel.size(), LONGEST_HEADER));
    boolean isTorn = start.length < HEADER.length && startsWith(HEADER, start);
    if (isTorn) { // or empty: whoever created it died at once
      channel.truncate(0);
      position = 0;
      append(HEADER);
    } else if (!startsWith(start, HEADER)) {
      String text = new String(start, StandardCharsets.ISO_8859_1);
      throw text.startsWith(NAME)
          ? JournalProblem.laterVersion(
              "is of version " + text.substring(NAME.length()).lines().findFirst().orElse(""))
          : new JournalProblem(
              "is another kind of file", "Name a file of its own; this one was not touched.");
    }
    position = HEADER.length;
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  /**
   * Reads what others have added. What stands behind the last line feed was torn by the end of its
   * process or of the machine, before anybody relied on it, and is cut off.
   */
  void readOn(Consumer<JournalRecord> reader) throws IOException {
    long size = channel.size();
    if (size < position) {
      throw JournalProblem.damaged("has become shorter");
    }
    if (size - position > Integer.MAX_VALUE - Byte.MAX_VALUE) {
      throw new JournalProblem("is larger than 2 GB", "Move it away to begin a new one.");
    }
    byte[] bytes = read(position, (int) (size - position));
    int from = 0;
    for (int end = indexOfEnd(bytes, 0); end >= 0; end = indexOfEnd(bytes, from)) {
      if (!JournalRecord.isIntact(bytes, from, end)) {
        throw JournalProblem.damaged(
            "has a line, at byte %d, whose checksum is wrong".formatted(position + from));
      }
      reader.accept(JournalRecord.read(bytes, from, end));
      from = end + 1;
    }
    position += from;
    if (from < bytes.length) {
      channel.truncate(position);
    }
  }

  private static int indexOfEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private byte[] read(long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
      // goes on
    }
    return bytes.hasRemaining() ? Arrays.copyOf(bytes.array(), bytes.position()) : bytes.array();
  }

  /** Adds lines at the end, all or none. */
  void append(byte[] lines) throws IOException {
    try {
      writeAll(channel, lines, position);
      position += lines.length;
    } catch (IOException e) {
      try {
        channel.truncate(position);
      } catch (IOException cannot) {
        e.addSuppressed(cannot); // who writes next cuts it off
      }
      throw e;
    }
  }

  private static void writeAll(FileChannel out, byte[] bytes, long at) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      out.write(left, at + left.position());
    }
  }

  /** Waits until all that was added has reached the disk. */
  void force() throws IOException {
    if (channel == null) {
      throw new IOException("The file could not be opened again.");
    }
    channel.force(false);
  }

  long size() {
    return position;
  }

  /**
   * Puts a file with these records in the place of this one; a crash leaves the one or the other.
   */
  void replace(List<JournalRecord> records, ProcessLocks locks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HEADER);
    new ArrayList<>(records).forEach(record -> bytes.writeBytes(record.toLine()));
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.deleteIfExists(next); // of a process that died
    try (FileChannel out =
        OwnerOnly.create(next, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      writeAll(out, bytes.toByteArray(), 0);
      out.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(next);
      throw e;
    }
    locks.nextGeneration(); // before, lest others go on in the old one
    close(); // Windows replaces no file that is open
    try {
      Replacement.move(next, file);
    } catch (IOException e) {
      refresh(locks.generation());
      Files.deleteIfExists(next);
      throw e;
    }
    forceFolder();
    refresh(locks.generation());
    position = channel.size();
  }

  /** A new name, too, must outlive a power failure; not every system can promise that. */
  private void forceFolder() {
    try (FileChannel folder = FileChannel.open(file.getParent(), Set.of())) {
      folder.force(true);
    } catch (IOException e) {
      // Windows opens no folders. The file itself is whole.
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
