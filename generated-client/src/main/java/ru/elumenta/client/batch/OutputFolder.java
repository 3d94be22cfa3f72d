package ru.elumenta.client.batch;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.batch.BatchException.Reason;
import ru.elumenta.client.file.OwnerOnly;

/** The folder of a batch, held by one run. The operating system lets go of it with the process. */
final class OutputFolder implements Closeable {
  private final Path folder;
  private final FileChannel lockFile;

  private OutputFolder(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /** Creates the folder if there is none, and holds it. */
  static OutputFolder hold(Path folder) {
    try {
      Files.createDirectories(state(folder).getParent());
      Files.createDirectories(folder.resolve("files"));
      FileChannel lockFile =
          OwnerOnly.open(folder.resolve(".batch").resolve("lock"), StandardOpenOption.WRITE);
      if (isTaken(lockFile)) {
        lockFile.close();
        throw new BatchException(
            Reason.IN_USE,
            "Another run of a batch has the folder %s".formatted(folder),
            "Wait until it has ended, or give this batch a folder of its own.",
            null);
      }
      return new OutputFolder(folder, lockFile);
    } catch (IOException e) {
      throw failed(folder, e);
    }
  }

  private static boolean isTaken(FileChannel lockFile) throws IOException {
    try {
      FileLock lock = lockFile.tryLock();
      return lock == null;
    } catch (OverlappingFileLockException e) { // by this process
      return true;
    }
  }

  /** Says that something cannot be written. */
  static BatchException failed(Path path, IOException e) {
    return new BatchException(
        Reason.OUTPUT_FAILED,
        "%s cannot be written (%s)".formatted(path, e.getClass().getSimpleName()),
        "Make room, or let this user write there, and run the batch again: it goes on.",
        e);
  }

  /** Says that something is not as this class left it. */
  static BatchException damaged(Path path, String how) {
    return new BatchException(
        Reason.OUTPUT_DAMAGED,
        "%s %s".formatted(path, how),
        "Put it back as it was; or take what is there, and begin in another folder with what is"
            + " left of the input.",
        null);
  }

  /** What the batch knows of itself; its folder need not be there. */
  static Path state(Path folder) {
    return folder.resolve(".batch").resolve("state");
  }

  Path state() {
    return state(folder);
  }

  Path results() {
    return folder.resolve("results.jsonl");
  }

  Path failures() {
    return failures(folder);
  }

  static Path failures(Path folder) {
    return folder.resolve("failures.jsonl");
  }

  Path openItems() {
    return folder.resolve("open.jsonl");
  }

  Path files() {
    return folder.resolve("files");
  }

  /** Where downloads go before they are whole. What a killed run left there is of no use. */
  Path downloads() throws IOException {
    Path downloads = folder.resolve(".batch").resolve("downloads");
    Files.createDirectories(downloads);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(downloads)) {
      for (Path each : left) {
        Files.deleteIfExists(each);
      }
    }
    return downloads;
  }

  /** Makes renames in a folder durable, where the system can: Windows has no such thing. */
  static void forceFolder(@Nullable Path folder) {
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // As said above.
      }
    }
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
