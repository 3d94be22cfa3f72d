package ru.elumenta.client.event;

import java.util.OptionalLong;

/** Is told how far a download has come. What it throws is ignored. */
@FunctionalInterface
public interface DownloadProgress {
  /**
   * Called on the downloading thread: at most ten times a second, and once more when all has come.
   *
   * @param bytes how many have come so far; fewer than before if the file had to be started over
   * @param total how many there are, if the host has said
   */
  void received(long bytes, OptionalLong total);
}
