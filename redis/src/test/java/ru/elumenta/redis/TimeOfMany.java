package ru.elumenta.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import ru.elumenta.client.options.TimeSource;

/**
 * Time for many threads of many processes. It stands still while any of them is awake, and jumps to
 * where the first one wants to wake up as soon as all of them sleep; so hours pass in no time, and
 * nobody is late. One process has it and never sleeps in it itself; the others are {@link
 * Participant}s, whose threads leave it with their process.
 */
final class TimeOfMany implements TimeSource, AutoCloseable {
  static final Instant START = Instant.parse("2026-03-08T12:00:00Z");

  private final ServerSocket server;
  private final TreeMap<Long, List<Sleeper>> sleepers = new TreeMap<>(); // guarded by this, as all
  private final Map<Socket, Integer> awake = new HashMap<>(); // threads, by their process
  private int missing; // processes that are still to come
  private long now;

  private record Sleeper(Socket process, String thread) {}

  /** Begins once so many processes are there. */
  TimeOfMany(int processes) {
    try {
      this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.missing = processes;
    daemon(this::accept);
  }

  static void daemon(Runnable work) {
    Thread thread = new Thread(work, "time-of-many");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket process = server.accept();
        process.setTcpNoDelay(true);
        daemon(() -> serve(process));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private void serve(Socket process) {
    try (process) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(process, line.split(" "));
      }
    } catch (IOException killed) {
      // as good as the end of it
    }
    leave(process);
  }

  private synchronized void take(Socket process, String[] words) throws IOException {
    switch (words[0]) {
      case "join" -> {
        awake.put(process, Integer.parseInt(words[1]));
        missing--;
      }
      case "sleep" -> {
        awake.merge(process, -1, Integer::sum);
        sleepers
            .computeIfAbsent(now + Long.parseLong(words[2]), any -> new ArrayList<>())
            .add(new Sleeper(process, words[1]));
      }
      default -> awake.merge(process, -1, Integer::sum); // a thread has ended
    }
    jump();
  }

  private synchronized void leave(Socket process) {
    awake.remove(process);
    sleepers.values().forEach(list -> list.removeIf(each -> each.process == process));
    sleepers.values().removeIf(List::isEmpty);
    jump();
  }

  private void jump() {
    while (missing <= 0
        && awake.values().stream().allMatch(number -> number == 0)
        && !sleepers.isEmpty()) {
      now = sleepers.firstKey();
      for (Sleeper each : sleepers.pollFirstEntry().getValue()) {
        try {
          write(each.process, "wake " + each.thread + " " + now);
          awake.merge(each.process, 1, Integer::sum);
        } catch (IOException killed) {
          awake.remove(each.process);
        }
      }
    }
  }

  private static void write(Socket to, String line) throws IOException {
    OutputStream out = to.getOutputStream();
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanoTime());
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  /** Whoever has it is always awake, and takes no time for anything. */
  @Override
  public void sleep(Duration duration) {}

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same time in another process. */
  static final class Participant implements TimeSource, AutoCloseable {
    private final Socket socket;
    private final AtomicLong now = new AtomicLong();
    private final Map<String, CompletableFuture<Void>> asleep = new ConcurrentHashMap<>();

    /** Joins with so many threads, all of them awake. */
    Participant(int port, int threads) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      daemon(this::read);
      say("join " + threads);
    }

    private void say(String line) {
      synchronized (socket) {
        try {
          write(socket, line);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    private void read() {
      try {
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] words = line.split(" ");
          now.accumulateAndGet(Long.parseLong(words[2]), Math::max);
          asleep.remove(words[1]).complete(null);
        }
      } catch (IOException e) {
        // the end
      }
    }

    /** The calling thread takes part no longer. */
    void end() {
      say("end");
    }

    @Override
    public Instant now() {
      return START.plusNanos(now.get());
    }

    @Override
    public long nanoTime() {
      return now.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      String thread = String.valueOf(Thread.currentThread().getId());
      CompletableFuture<Void> wakeUp = new CompletableFuture<>();
      asleep.put(thread, wakeUp);
      say("sleep " + thread + " " + Math.max(0, duration.toNanos()));
      try {
        wakeUp.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
