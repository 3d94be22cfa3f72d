package ru.elumenta.client.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.session.FileSessionStore;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.client.session.StoredSession.RefreshForm;

/** Files for one person where there are access control lists and no POSIX permissions. */
class OwnerOnlyTest {
  private final FileSystem ntfs =
      Jimfs.newFileSystem(
          Configuration.windows().toBuilder()
              .setAttributeViews("basic", "owner", "dos", "acl", "user")
              .build());
  private final FileSystem fat = Jimfs.newFileSystem(Configuration.windows());

  @AfterEach
  void close() throws IOException {
    ntfs.close();
    fat.close();
  }

  private static void belongsToItsOwnerAlone(Path file) throws IOException {
    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    List<AclEntry> entries = view.getAcl();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).type()).isEqualTo(AclEntryType.ALLOW);
    assertThat(entries.get(0).principal()).isEqualTo(view.getOwner());
    assertThat(entries.get(0).permissions()).isEqualTo(EnumSet.allOf(AclEntryPermission.class));
  }

  @Test
  void aNewFileNamesItsOwnerAloneAndOneThatIsThereIsOpenedAsItIs() throws IOException {
    Path file = ntfs.getPath("C:\\work\\keys");
    Files.createDirectories(file.getParent());
    OwnerOnly.open(file, StandardOpenOption.WRITE).close();
    belongsToItsOwnerAlone(file);

    AclFileAttributeView view = Files.getFileAttributeView(file, AclFileAttributeView.class);
    view.setAcl(List.of());
    OwnerOnly.open(file, StandardOpenOption.WRITE).close();
    assertThat(view.getAcl()).isEmpty();
  }

  @Test
  void aSessionIsItsOwnersAloneAlsoAfterItWasReplaced() throws IOException {
    Path file = ntfs.getPath("C:\\Users\\me\\AppData\\elumenta\\session.json");
    FileSessionStore store = new FileSessionStore(file);
    Instant now = Instant.parse("2026-03-08T12:00:00Z");
    for (String access : new String[] {"one", "two"}) {
      StoredSession session =
          StoredSession.of(access, now, now.plusSeconds(900), "r", RefreshForm.BODY);
      store.locked(
          Duration.ofSeconds(20),
          () -> {
            store.write(session);
            return null;
          });
      assertThat(store.read()).contains(session);
      belongsToItsOwnerAlone(file);
    }
    belongsToItsOwnerAlone(file.resolveSibling("session.json.lock"));
  }

  @Test
  void whereThereAreNoListsEitherTheFileIsMadeAllTheSame() throws IOException {
    Path file = fat.getPath("C:\\work\\keys");
    Files.createDirectories(file.getParent());
    try (FileChannel made = OwnerOnly.create(file, StandardOpenOption.WRITE)) {
      assertThat(made.isOpen()).isTrue();
    }
    assertThat(file).exists();
  }
}
