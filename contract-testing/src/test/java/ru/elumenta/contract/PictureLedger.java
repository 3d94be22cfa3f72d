package ru.elumenta.contract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Which picture became which generation, a line each that is on the disk. Thread-safe. */
final class PictureLedger implements AutoCloseable {
  private final FileChannel file;
  private final Map<Integer, String> pictures = new HashMap<>();

  private PictureLedger(FileChannel file) {
    this.file = file;
  }

  /** Opens it. A line that was torn by a kill was not written. */
  static PictureLedger at(Path path) throws IOException {
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    PictureLedger ledger = new PictureLedger(file);
    String text = Files.readString(path);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    for (String line : whole.lines().toList()) {
      String[] parts = line.split(" ");
      ledger.pictures.put(Integer.valueOf(parts[0]), parts[1]);
    }
    file.truncate(whole.length());
    file.position(whole.length());
    return ledger;
  }

  synchronized boolean has(int number) {
    return pictures.containsKey(number);
  }

  synchronized Map<Integer, String> pictures() {
    return Map.copyOf(pictures);
  }

  synchronized void write(int number, String id) throws IOException {
    String before = pictures.putIfAbsent(number, id);
    if (before == null) {
      file.write(ByteBuffer.wrap((number + " " + id + "\n").getBytes(StandardCharsets.UTF_8)));
      file.force(false);
    } else if (!before.equals(id)) {
      throw new IllegalStateException("Picture %d is %s and %s.".formatted(number, before, id));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
