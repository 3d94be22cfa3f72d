package ru.elumenta.client.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Creates files that nobody but their owner may open, before anything is in them. */
public final class OwnerOnly {
  private OwnerOnly() {}

  /** Creates a file that must not exist. */
  public static FileChannel create(Path file, OpenOption... how) throws IOException {
    Set<OpenOption> options = new HashSet<>(Set.of(how));
    options.add(StandardOpenOption.CREATE_NEW);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return FileChannel.open(
          file,
          options,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    FileChannel created = FileChannel.open(file, options);
    try {
      allowOwnerAlone(file);
      return created;
    } catch (IOException e) {
      created.close();
      Files.deleteIfExists(file); // else it would be there next time, open to others
      throw e;
    }
  }

  /** Opens a file, which is created if there is none. */
  public static FileChannel open(Path file, OpenOption... how) throws IOException {
    if (!Files.exists(file)) {
      try {
        return create(file, how);
      } catch (FileAlreadyExistsException e) {
        // Another was faster.
      }
    }
    return FileChannel.open(file, how);
  }

  /**
   * Windows: the list of the directory is not inherited once the file has one of its own. A FAT
   * stick has no lists, and what is on it is everybody's who has it.
   */
  private static void allowOwnerAlone(Path file) throws IOException {
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (view != null && Files.getFileStore(file).supportsFileAttributeView("acl")) {
      view.setAcl(
          List.of(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(view.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }
}
