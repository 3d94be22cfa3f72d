package ru.elumenta.client.internal.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import ru.elumenta.client.file.OwnerOnly;
import ru.elumenta.client.file.Replacement;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.client.session.StoredSession;

/** Tokens in a file that is replaced as a whole. Thread-safe, also across processes. */
public final class FileSessionStore implements SessionStore {
  private final Path file;
  private final FileLocks lock;

  /** Creates a store; touches nothing. */
  public FileSessionStore(Path file) {
    this.file = target(file.toAbsolutePath().normalize());
    this.lock = new FileLocks(sibling(".lock"), this.file);
  }

  /** A link stays a link: what is replaced is the file it leads to. */
  private static Path target(Path file) {
    try {
      return Files.isSymbolicLink(file) ? file.toRealPath() : file;
    } catch (IOException e) {
      return file;
    }
  }

  private Path sibling(String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }

  @Override
  public Optional<StoredSession> read() {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("cannot be read", e);
    }
    try {
      return Optional.of(StoredSession.decode(text));
    } catch (IllegalArgumentException e) { // its message shows nothing of the file
      throw new SessionStoreException(
          "The session file %s is damaged. %s".formatted(file, e.getMessage()),
          "Log in again, which replaces it; if it comes again see who else writes to it.",
          null);
    }
  }

  @Override
  public void write(StoredSession session) {
    Path next = sibling(".next");
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(next); // of a process that died
      byte[] bytes = session.encoded().getBytes(StandardCharsets.UTF_8);
      try (FileChannel out = OwnerOnly.create(next, StandardOpenOption.WRITE)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          out.write(left);
        }
        out.force(true);
      }
      Replacement.move(next, file);
      forceDirectory();
    } catch (IOException e) {
      throw failed("cannot be written", e);
    }
  }

  /** The new name, too, must outlive a power failure; not every system can promise that. */
  private void forceDirectory() {
    try (FileChannel directory = FileChannel.open(file.getParent(), Set.of())) {
      directory.force(true);
    } catch (IOException e) {
      // Windows opens no directories. The file itself is whole.
    }
  }

  @Override
  public void clear() {
    try {
      Files.deleteIfExists(sibling(".next"));
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed("cannot be deleted", e);
    }
  }

  @Override
  public <T> T locked(Duration patience, Supplier<T> action) {
    FileLocks.Held held;
    try {
      held = lock.acquire(patience);
    } catch (IOException e) {
      throw failed("cannot be locked", e);
    }
    try {
      return action.get();
    } finally {
      held.release();
    }
  }

  private SessionStoreException failed(String problem, IOException cause) {
    return new SessionStoreException(
        "The session file %s %s".formatted(file, problem),
        "See that its directory can be written to, and that there is space left.",
        cause);
  }

  /** Shows the path, no token. */
  @Override
  public String toString() {
    return "SessionStore[" + file + "]";
  }
}
