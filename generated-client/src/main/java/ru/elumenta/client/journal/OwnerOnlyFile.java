package ru.elumenta.client.journal;

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
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Opens files for reading and writing; those it creates nobody but their owner may open. */
final class OwnerOnlyFile {
  private static final Set<OpenOption> READ_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

  private OwnerOnlyFile() {}

  static FileChannel open(Path file) throws IOException {
    if (!Files.exists(file)) {
      try {
        return create(file);
      } catch (FileAlreadyExistsException e) {
        // Another was faster.
      }
    }
    return FileChannel.open(file, READ_WRITE);
  }

  /** Creates one that must not exist. */
  static FileChannel create(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      FileAttribute<?> mode =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      return FileChannel.open(file, NEW, mode);
    }
    FileChannel created = FileChannel.open(file, NEW);
    try {
      allowOwnerAlone(file);
      return created;
    } catch (IOException e) {
      created.close();
      throw e;
    }
  }

  /** Windows: the list of the folder is not inherited once the file has one of its own. */
  private static void allowOwnerAlone(Path file) throws IOException {
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (view != null) {
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
