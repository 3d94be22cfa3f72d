package ru.elumenta.client.internal.transport;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A proxy that is installed on this machine, started for a test on a loopback port. */
final class InstalledProxy implements AutoCloseable {
  /** Which one. */
  enum Product {
    TINYPROXY,
    SQUID;

    /** Where it is installed, if it is. */
    Optional<Path> program() {
      String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
      return Stream.of(path.split(File.pathSeparator))
          .map(folder -> Path.of(folder, name().toLowerCase()))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  private final Process process;
  private final int port;
  private final Path log;

  /** Starts it; it lets ann with her password pass, or everybody. */
  InstalledProxy(Product product, boolean wantsPassword, Path folder) throws Exception {
    port = RawServer.freePort();
    log = folder.resolve("proxy.log");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path configuration = folder.resolve("proxy.conf");
    Files.writeString(
        configuration,
        product == Product.TINYPROXY ? tinyproxy(wantsPassword) : squid(wantsPassword, folder));
    String program = product.program().orElseThrow().toString();
    String file = configuration.toString();
    process =
        new ProcessBuilder(
                product == Product.TINYPROXY
                    ? List.of(program, "-d", "-c", file)
                    : List.of(program, "-N", "-f", file))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("proxy.out").toFile())
            .start();
    awaitListening(folder);
  }

  private String tinyproxy(boolean wantsPassword) {
    return """
    Port %d
    Listen 127.0.0.1
    Allow 127.0.0.1
    Timeout 60
    LogFile "%s"
    LogLevel Info
    %s
    """
        .formatted(port, log, wantsPassword ? "BasicAuth ann pass-word" : "");
  }

  private String squid(boolean wantsPassword, Path folder) throws IOException {
    Path script = folder.resolve("password.sh");
    Files.writeString(
        script,
        """
        while read -r line; do
          case "$line" in "ann pass-word") echo OK ;; *) echo ERR ;; esac
        done
        """);
    return """
    http_port 127.0.0.1:%d
    %s
    http_access %s
    http_access deny all
    cache deny all
    access_log stdio:%s
    cache_log %s/cache.log
    pid_filename none
    coredump_dir %s
    netdb_filename none
    shutdown_lifetime 0 seconds
    """
        .formatted(
            port,
            wantsPassword
                ? "auth_param basic program /bin/sh " + script + "\nacl known proxy_auth REQUIRED"
                : "",
            wantsPassword ? "allow known" : "allow all",
            log,
            folder,
            folder);
  }

  private void awaitListening(Path folder) throws Exception {
    for (int i = 0; i < 300; i++) {
      if (!process.isAlive()) {
        throw new IOException(Files.readString(folder.resolve("proxy.out")));
      }
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(100); // until it listens
      }
    }
    throw new IOException("it does not listen after 30 s");
  }

  int port() {
    return port;
  }

  /** Returns its log as soon as it has the word: a tunnel is logged once it has ended. */
  String logWith(String word) throws IOException, InterruptedException {
    for (int i = 0; i < 100 && !log().contains(word); i++) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return log();
  }

  private String log() throws IOException {
    return Files.exists(log) ? Files.readString(log) : "";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
