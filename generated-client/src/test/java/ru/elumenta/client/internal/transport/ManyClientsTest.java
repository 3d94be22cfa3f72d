package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients that are built, used in one of seven ways, and closed leave neither memory nor threads
 * behind. {@code -Delumenta.clients=2628} makes more of them.
 */
class ManyClientsTest {
  private static final int CLIENTS = Integer.getInteger("elumenta.clients", 210);

  @TempDir private Path folder;

  @Test
  void aHeapOf64MegabytesIsEnoughForAnyNumberOneAfterTheOther() throws Exception {
    Path printed = folder.resolve("printed");
    try (WholeService service = new WholeService(null)) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx64m",
                  "-cp",
                  System.getProperty(
                      "surefire.test.class.path", System.getProperty("java.class.path")),
                  ManyClients.class.getName(),
                  service.url(),
                  Integer.toString(CLIENTS))
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile())
              .start();
      try {
        assertThat(process.waitFor(60 + CLIENTS / 4, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
      String said = Files.readString(printed);
      System.out.print(said);
      assertThat(process.exitValue()).as(said).isZero();
      assertThat(said).contains(CLIENTS + " clients").contains("threads []");
      assertThat(service.seen()).hasSizeGreaterThanOrEqualTo(CLIENTS * 6 / 7);
    }
  }
}
