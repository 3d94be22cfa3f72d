package ru.elumenta.examples.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this JVM holds of its machine.
 *
 * @param threads of the client, by their names
 * @param connections as the server counts them
 * @param files open descriptors, on Linux; else 0
 * @param heap bytes in use after a collection
 */
record MachineUse(long threads, int connections, long files, long heap) {
  static MachineUse now(SoakServer server) {
    long threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().startsWith("elumenta-"))
            .count();
    return new MachineUse(threads, server.connections(), openFiles(), usedHeap());
  }

  private static long openFiles() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      return 0;
    }
  }

  private static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  @Override
  public String toString() {
    return "threads %d, connections %d, open files %d, heap %.1f MB"
        .formatted(threads, connections, files, heap / 1e6);
  }
}
