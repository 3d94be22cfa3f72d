package ru.elumenta.client;

import java.nio.file.Path;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.session.FileSessionStore;
import ru.elumenta.client.internal.session.InMemorySessionStore;
import ru.elumenta.client.session.SessionStore;

/**
 * The stores for sessions that come with the client. Tokens that were obtained elsewhere get into
 * one by {@link ElumentaSession#adopt}.
 */
public final class SessionStores {
  private SessionStores() {}

  /** Returns an empty store in the memory of this process. */
  public static SessionStore inMemory() {
    return new InMemorySessionStore();
  }

  /**
   * Returns a store in a file, for any number of processes on one machine.
   *
   * <p>The file can be read and written by its owner only: mode 600 where the file system has POSIX
   * permissions, otherwise (Windows) an access control list that names the owner alone. Where there
   * is neither it is as open as its directory. It is replaced as a whole, after its bytes have
   * reached the disk; beside it lies an empty file ending in {@code .lock}, which stays.
   * Directories that are missing are created by the first write. A network file system is safe only
   * if its locks and renames are.
   *
   * @param file where; it need not exist
   */
  public static SessionStore file(Path file) {
    return new FileSessionStore(Require.notNull("file", file));
  }
}
