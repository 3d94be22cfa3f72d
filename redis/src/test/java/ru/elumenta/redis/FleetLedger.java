package ru.elumenta.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a process says for good, a line each, whenever it is killed. Thread-safe. */
final class FleetLedger implements AutoCloseable {
  private final FileChannel file;

  FleetLedger(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  synchronized void write(String... words) {
    try {
      String line = String.join(" ", words) + "\n";
      file.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what all of a folder have said that begins with a word; without a torn last line. */
  static List<String[]> read(Path folder, String word) throws IOException {
    List<String[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        found.addAll(of(file, word));
      }
    }
    return found;
  }

  /** The same of one. */
  static List<String[]> of(Path file, String word) throws IOException {
    String text = Files.readString(file);
    return text.substring(0, text.lastIndexOf('\n') + 1)
        .lines()
        .map(line -> line.split(" "))
        .filter(words -> words[0].equals(word))
        .toList();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
