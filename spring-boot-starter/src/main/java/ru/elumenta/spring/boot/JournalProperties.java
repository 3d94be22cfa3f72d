package ru.elumenta.spring.boot;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where paid requests are written down before they leave. */
public final class JournalProperties {
  /**
   * File in which paid requests are written down before they leave, so that a crash loses none. By
   * default they are kept in memory.
   */
  private @Nullable Path file;

  public @Nullable Path getFile() {
    return file;
  }

  public void setFile(@Nullable Path file) {
    this.file = file;
  }
}
