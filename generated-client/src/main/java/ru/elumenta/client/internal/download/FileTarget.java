package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import ru.elumenta.client.file.Replacement;
import ru.elumenta.client.options.TimeSource;

/**
 * A file that is there whole or not at all: its bytes go to another one beside it, which is given
 * its name when all of them are on the disk.
 */
public final class FileTarget implements Target {
  private final Path path;
  private final boolean isReplacing;
  private final Path part;
  private final SeekableByteChannel channel;

  /**
   * Opens it.
   *
   * @param isReplacing whether it may take the place of another file
   * @param address of the file to come, for the failure
   * @throws ru.elumenta.client.error.DownloadFailedException if nothing can be written there
   */
  public static FileTarget open(Path path, boolean isReplacing, String address, TimeSource time) {
    try {
      return new FileTarget(path, isReplacing);
    } catch (IOException e) {
      throw DownloadFailures.beforeAnything(address, time).unwritable(path, e);
    }
  }

  private FileTarget(Path path, boolean isReplacing) throws IOException {
    this.path = path;
    this.isReplacing = isReplacing;
    Path folder = path.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(path)) {
      throw new FileSystemException(path.toString(), null, "it is a directory");
    }
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "there is no such directory");
    }
    if (!isReplacing && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(path);
    }
    // Not createTempFile: that would leave a file which nobody else may read.
    this.part = folder.resolve(".elumenta-" + UUID.randomUUID() + ".part");
    this.channel =
        Files.newByteChannel(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static FileAlreadyExistsException exists(Path path) {
    return new FileAlreadyExistsException(
        path.toString(), null, "a file is there already, and replacing() was not asked for");
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public boolean startOver() throws IOException {
    channel.truncate(0);
    channel.position(0);
    return true;
  }

  @Override
  public void finish() throws IOException {
    if (channel instanceof FileChannel file) {
      file.force(true);
    }
    channel.close();
    if (isReplacing) {
      Replacement.move(part, path);
    } else {
      giveName();
    }
    makeNameLast();
  }

  /** Moving atomically would replace a file that was made meanwhile; linking does not. */
  private void giveName() throws IOException {
    try {
      Files.createLink(path, part);
    } catch (FileAlreadyExistsException e) {
      throw exists(path);
    } catch (UnsupportedOperationException | FileSystemException noLinksHere) {
      Replacement.patiently(path, () -> Files.move(part, path));
    }
  }

  private void makeNameLast() {
    try (FileChannel folder =
        FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException | UnsupportedOperationException e) {
      // Not every system lets a directory be opened; the file itself is on the disk.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What matters is that the file goes.
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      part.toFile().deleteOnExit(); // Windows: somebody looks at it just now
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
