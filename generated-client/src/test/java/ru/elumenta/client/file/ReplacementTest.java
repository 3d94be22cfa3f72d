package ru.elumenta.client.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are replaced while others have them open. */
class ReplacementTest {
  @TempDir Path folder;

  private final WindowsFiles windows = new WindowsFiles();
  private Path file;
  private Path next;

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(WindowsFiles.of(windows, folder).resolve("file"), "old");
    next = Files.writeString(file.resolveSibling("next"), "new");
  }

  private static void close(FileChannel reader) {
    try {
      reader.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aReaderIsWaitedFor() throws IOException {
    FileChannel reader = FileChannel.open(file, StandardOpenOption.READ);
    windows.whenRefused(
        () -> {
          if (windows.refused() == 3) {
            close(reader);
          }
        });

    Replacement.move(next, file);

    assertThat(windows.refused()).isEqualTo(3);
    assertThat(file).hasContent("new");
    assertThat(next).doesNotExist();
  }

  @Test
  void oneWhoDoesNotLetGoIsNotWaitedForLongAndNothingIsLost() throws IOException {
    try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
      assertThatThrownBy(() -> Replacement.move(next, file))
          .isInstanceOf(FileSystemException.class);
      assertThat(windows.refused()).isEqualTo(9);
      assertThat(reader.isOpen()).isTrue();
    }
    assertThat(file).hasContent("old");
    assertThat(next).hasContent("new");
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() throws IOException {
    try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
      Thread.currentThread().interrupt();
      long begun = System.nanoTime();
      assertThatThrownBy(() -> Replacement.move(next, file))
          .isInstanceOf(FileSystemException.class);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
      assertThat(windows.refused()).isEqualTo(2);
      assertThat(reader.isOpen()).isTrue();
    }
  }

  @Test
  void whatNoPatienceMendsIsToldAtOnce() {
    for (FileSystemException lasting :
        new FileSystemException[] {
          new NoSuchFileException("x"), new FileAlreadyExistsException("x")
        }) {
      assertThat(triesUntil(lasting, file)).isOne();
    }
    assertThat(triesUntil(new AccessDeniedException("x"), folder.resolve("posix"))).isOne();
    assertThat(triesUntil(new AccessDeniedException("x"), file)).isEqualTo(9);
  }

  private static int triesUntil(FileSystemException failure, Path to) {
    AtomicInteger tries = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Replacement.patiently(
                    to,
                    () -> {
                      tries.incrementAndGet();
                      throw failure;
                    }))
        .isSameAs(failure);
    return tries.get();
  }
}
