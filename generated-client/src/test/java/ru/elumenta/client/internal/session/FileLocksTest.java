package ru.elumenta.client.internal.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLocksTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void locksOfManyFilesAreGoneOnceTheyAreReleased() throws Exception {
    int before = FileLocks.inUse();
    for (int file = 0; file < 100; file++) {
      FileLocks.Held held = locks("session-" + file).acquire(PATIENCE);
      assertThat(FileLocks.inUse()).isEqualTo(before + 1);
      held.release();
    }
    assertThat(FileLocks.inUse()).isEqualTo(before);
  }

  @Test
  void whoGivesUpWaitingLeavesTheLockToItsHolder() throws Exception {
    int before = FileLocks.inUse();
    FileLocks.Held held = locks("session").acquire(PATIENCE);
    CompletableFuture<FileLocks.Held> another =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return locks("session").acquire(Duration.ofMillis(20));
              } catch (IOException e) {
                throw new CompletionException(e);
              }
            },
            task -> new Thread(task).start()); // the common pool may be busy with others' tasks
    assertThatThrownBy(another::join).hasMessageContaining("session");
    assertThat(FileLocks.inUse()).isEqualTo(before + 1);
    held.release();
    assertThat(FileLocks.inUse()).isEqualTo(before);
    locks("session").acquire(PATIENCE).release();
  }

  private FileLocks locks(String name) {
    return new FileLocks(folder.resolve(name + ".lock"), folder.resolve(name));
  }
}
