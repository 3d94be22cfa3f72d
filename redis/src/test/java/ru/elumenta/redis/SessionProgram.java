package ru.elumenta.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.StoredSession;

/** One machine of a fleet with one session: asks again and again, and may be killed at any time. */
final class SessionProgram {
  static final String READY = "ready";
  static final String IN = "in";
  static final String OUT = "out";
  static final String STORED = "stored";
  static final String ASKED = "asked";

  private static final long PAUSE = 40; // milliseconds

  private SessionProgram() {}

  /** Time that goes by faster than ours, the same in all processes; waits are as long as ours. */
  record FastTime(Instant begin, int factor) implements TimeSource {
    @Override
    public Instant now() {
      return begin.plus(Duration.between(begin, Instant.now()).multipliedBy(factor));
    }

    @Override
    public long nanoTime() {
      return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
  }

  static FleetOptions options(String redis) {
    return FleetOptions.at(redis).lease(Duration.ofSeconds(1)).encryptionKey(Sessions.KEY).build();
  }

  static String nameOf(StoredSession session) {
    return session.refreshToken().orElse("none");
  }

  /** The store, and what of it happened when. */
  private record Told(SessionStore store, FleetLedger ledger) implements SessionStore {
    @Override
    public Optional<StoredSession> read() {
      return store.read();
    }

    @Override
    public void write(StoredSession session) {
      store.write(session);
      ledger.write(STORED, nameOf(session));
    }

    @Override
    public void clear() {
      store.clear();
    }

    @Override
    public <T> T locked(Duration patience, Supplier<T> action) {
      return store.locked(
          patience,
          () -> {
            ledger.write(IN, String.valueOf(System.nanoTime()));
            try {
              return action.get();
            } finally {
              ledger.write(OUT, String.valueOf(System.nanoTime()));
            }
          });
    }
  }

  /** Takes address of Redis, base URL, ledger, begin of the time and its factor. */
  public static void main(String[] args) throws IOException, InterruptedException {
    TimeSource time = new FastTime(Instant.parse(args[3]), Integer.parseInt(args[4]));
    try (FleetLedger ledger = new FleetLedger(Path.of(args[2]));
        RedisSessionStore store = RedisSessionStore.of(options(args[0]));
        ElumentaSession session =
            ElumentaSession.builder()
                .baseUrl(args[1])
                .store(new Told(store, ledger))
                .timeSource(time)
                .build();
        ElumentaClient client = session.client().build()) {
      System.out.println(READY);
      while (true) {
        try {
          client.balance();
          ledger.write(ASKED, String.valueOf(System.nanoTime()));
        } catch (LoginRequiredException e) {
          ledger.write("login-required", e.reason().name());
        } catch (RuntimeException e) {
          ledger.write("failed", e.getClass().getSimpleName());
        }
        Thread.sleep(PAUSE);
      }
    }
  }
}
