package ru.elumenta.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import redis.embedded.core.ExecutableProvider;

/**
 * A Redis of the tests' own, in a folder of its own: what embedded-redis carries for this machine,
 * else the {@code redis-server} on the path, else the one whose address is in {@code
 * ELUMENTA_TEST_REDIS}, which tests then share and cannot kill.
 *
 * <p>It keeps every write on its disk, so that one that was killed has all it had.
 */
final class RealRedis implements AutoCloseable {
  private static final String ADDRESS = "ELUMENTA_TEST_REDIS";
  private static final Duration LONGEST_START = Duration.ofSeconds(20);
  private static String executable; // null until it was found

  private final String address;
  private final List<String> command; // empty if it is somebody else's
  private final Path folder;
  private final int port;
  private Process process; // null while it is down, or is somebody else's

  private RealRedis(String address, List<String> command, Path folder, int port) {
    this.address = address;
    this.command = command;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param settings further arguments, for example {@code --maxmemory 4mb}
   */
  static RealRedis start(String... settings) {
    try {
      String executable = executable();
      if (executable == null) {
        return new RealRedis(System.getenv(ADDRESS), List.of(), Path.of("."), 0);
      }
      Path folder = Files.createTempDirectory("elumenta-redis");
      int port = freePort();
      List<String> command = new ArrayList<>();
      command.add(executable);
      command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1"));
      command.addAll(List.of("--save", "", "--appendonly", "yes", "--appendfsync", "always"));
      command.addAll(List.of("--dir", folder.toString(), "--logfile", "log"));
      command.addAll(List.of(settings));
      RealRedis redis = new RealRedis("redis://127.0.0.1:" + port, command, folder, port);
      redis.restart();
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one that watches others: a Sentinel, which rewrites its settings. */
  static RealRedis sentinel(Path settings, int port) throws IOException {
    List<String> command = List.of(executable(), settings.toString(), "--sentinel");
    Path folder = Files.createTempDirectory("elumenta-sentinel");
    RealRedis sentinel = new RealRedis("redis://127.0.0.1:" + port, command, folder, port);
    sentinel.restart();
    return sentinel;
  }

  /** Null if there is none here. */
  private static synchronized String executable() throws IOException {
    if (executable == null) {
      executable = found();
    }
    return executable;
  }

  private static String found() throws IOException {
    List<String> tried = new ArrayList<>();
    try {
      File carried = ExecutableProvider.newJarResourceProvider().get();
      carried.getParentFile().deleteOnExit(); // after what is in it
      carried.deleteOnExit();
      if (runs(carried.getPath())) {
        return carried.getPath();
      }
      tried.add("embedded-redis carries one that does not run here");
    } catch (IOException | RuntimeException e) {
      tried.add("embedded-redis carries none for this machine");
    }
    if (runs("redis-server")) {
      return "redis-server";
    }
    if (System.getenv(ADDRESS) != null) {
      return null;
    }
    throw new IllegalStateException(
        "There is no Redis for the tests: "
            + String.join(", ", tried)
            + ", there is no redis-server on the path, and "
            + ADDRESS
            + " names none (redis://host:6379).");
  }

  private static boolean runs(String executable) {
    try {
      Process process = new ProcessBuilder(executable, "--version").start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return address;
  }

  int port() {
    return port;
  }

  /** Where it keeps its files and its log. */
  Path folder() {
    return folder;
  }

  /** Whether it is the tests' own. */
  boolean canBeKilled() {
    return !command.isEmpty();
  }

  /** As {@code kill -9} does; what it has acknowledged is on its disk. */
  void kill() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    process = null;
  }

  /** Starts it again, with what it had, and returns when it answers. */
  void restart(String... further) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(further));
    try {
      process =
          new ProcessBuilder(all)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException("The Redis did not start: see " + folder.resolve("log"));
      }
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      socket
          .getOutputStream()
          .write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(5);
      String text = new String(answer, java.nio.charset.StandardCharsets.US_ASCII);
      return text.startsWith("+PONG") || text.startsWith("-NOAU") || text.startsWith("-DENI");
    } catch (IOException e) {
      return false;
    }
  }

  /** Does something over a connection of the test's own. */
  <T> T ask(Function<RedisCommands<String, String>, T> question) {
    return ask(RedisURI.create(address), question);
  }

  static <T> T ask(RedisURI address, Function<RedisCommands<String, String>, T> question) {
    RedisClient client = RedisClient.create(address);
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return question.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  /** Answers nobody for so long. */
  void pause(Duration time) {
    ask(commands -> commands.clientPause(time.toMillis()));
  }

  /** Removes everything. */
  void clear() {
    ask(RedisCommands::flushall);
  }

  @Override
  public void close() {
    if (command.isEmpty()) {
      return;
    }
    if (process != null) {
      kill();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
