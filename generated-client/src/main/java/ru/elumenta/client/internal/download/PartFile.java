package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A temporary file beside the target, moved into its place once it is whole and on the disk. Nobody
 * ever sees half a file under the target's name.
 */
public final class PartFile implements FileSink {
  private final Path target;
  private final boolean overwrites;
  private final Path part;
  private final FileChannel out;
  private boolean isFinished;

  /**
   * Creates the temporary file.
   *
   * @throws FileAlreadyExistsException if the target exists and must not be overwritten
   * @throws NoSuchFileException if there is no such directory
   */
  public PartFile(Path target, boolean overwrites) throws IOException {
    this.target = target.toAbsolutePath();
    this.overwrites = overwrites;
    refuseExisting();
    Path directory = this.target.getParent();
    if (directory == null || !Files.isDirectory(directory)) {
      throw new NoSuchFileException(String.valueOf(directory), null, "no such directory");
    }
    String name = ".%s.%s.part".formatted(target.getFileName(), UUID.randomUUID());
    this.part = directory.resolve(name); // with the permissions that any new file here gets
    this.out = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private void refuseExisting() throws FileAlreadyExistsException {
    if (Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(target.toString(), null, "it is a directory");
    }
    if (!overwrites && Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  @Override
  public boolean restart() throws IOException {
    out.truncate(0);
    out.position(0);
    return true;
  }

  @Override
  public void finish() throws IOException {
    out.force(true);
    out.close();
    refuseExisting(); // it may have come meanwhile
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(
          part,
          target,
          overwrites ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0]);
    }
    isFinished = true;
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (!isFinished) {
      Files.deleteIfExists(part);
    }
  }
}
