package ru.elumenta.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import ru.elumenta.redis.RedisFailure.Kind;

/**
 * The one connection of a fleet's parts in this process, opened when it is first needed and again
 * after it was lost. Every command ends in time. What certainly was not done is tried again while
 * there is time; what may have been is not. Thread-safe.
 */
final class FleetConnection implements AutoCloseable {
  /** For whoever is not in a hurry: the time-out applies, or what the first connection takes. */
  static final Duration UNHURRIED = Duration.ofSeconds(30);

  private static final Duration FIRST_CONNECTION = UNHURRIED;
  private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);
  private static final long PAUSE_NANOS = 50_000_000;

  private final FleetOptions options;
  private final Server server;
  private @Nullable CompletableFuture<Live> current; // guarded by this, as are those below
  private @Nullable ScheduledExecutorService timer;
  private boolean isClosed;
  private volatile boolean hasConnected;

  /** A connection, and when it last brought an answer. */
  private static final class Live {
    final StatefulConnection<String, String> connection;
    final RedisClusterAsyncCommands<String, String> commands;
    volatile long heardAt = System.nanoTime();

    Live(StatefulConnection<String, String> connection) {
      this.connection = connection;
      this.commands = Server.commands(connection);
    }
  }

  /** Creates it; connects to nothing. */
  FleetConnection(FleetOptions options) {
    this.options = options;
    this.server = new Server(options);
  }

  FleetOptions options() {
    return options;
  }

  /**
   * Runs a script.
   *
   * @param patience how long at the most; the time-out of the options, if that is less
   * @return what it returned: a list as it is, anything else as a list of one
   */
  List<Object> run(Script script, List<String> keys, List<String> arguments, Duration patience)
      throws RedisFailure {
    String[] names = keys.toArray(String[]::new);
    String[] values = arguments.toArray(String[]::new);
    return run(commands -> evaluate(commands, script, names, values), patience);
  }

  /**
   * Runs a script, and returns once what it wrote has reached what the options ask for.
   *
   * @param patience as above, for both
   */
  List<Object> runDurably(
      Script script, List<String> keys, List<String> arguments, Duration patience)
      throws RedisFailure {
    long end = System.nanoTime() + atMost(patience, LONGEST_PATIENCE);
    List<Object> result = run(script, keys, arguments, patience);
    Durability durability = options.durability();
    if (durability.needsWaiting()) {
      durability.await(this, Duration.ofNanos(end - System.nanoTime()));
    }
    return result;
  }

  /**
   * Begins to run a script, if there is a connection, for which nobody waits. What becomes of it
   * can be seen in the end, and need not.
   */
  CompletableFuture<List<Object>> start(Script script, List<String> keys, List<String> arguments) {
    String[] names = keys.toArray(String[]::new);
    String[] values = arguments.toArray(String[]::new);
    try {
      return connected()
          .thenCompose(live -> evaluate(live.commands, script, names, values))
          .orTimeout(options.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RedisFailure e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletableFuture<List<Object>> evaluate(
      RedisClusterAsyncCommands<String, String> commands,
      Script script,
      String[] names,
      String[] values) {
    return commands
        .<List<Object>>evalsha(script.sha(), ScriptOutputType.MULTI, names, values)
        .toCompletableFuture()
        .exceptionallyCompose(
            failure -> {
              if (failure instanceof RedisNoScriptException
                  || failure.getCause() instanceof RedisNoScriptException) {
                return commands.eval(script.text(), ScriptOutputType.MULTI, names, values);
              }
              return CompletableFuture.failedFuture(failure);
            });
  }

  /**
   * Runs a command.
   *
   * @param patience how long at the most; the time-out of the options, if that is less. The first
   *     connection of all may take longer than that, but no longer than the patience
   */
  <T> T run(
      Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command,
      Duration patience)
      throws RedisFailure {
    long begin = System.nanoTime();
    long last = begin + atMost(patience, LONGEST_PATIENCE);
    long end = begin + atMost(patience, options.timeout());
    boolean isFirst = !hasConnected; // classes are loaded and threads started, on a busy machine
    long connected = isFirst ? begin + atMost(patience, FIRST_CONNECTION) : end;
    RedisFailure answered = null; // what it said, which tells more than that it was left then
    for (; ; ) {
      try {
        Live live = awaitConnected(connected);
        if (isFirst) {
          end = Math.min(last, System.nanoTime() + options.timeout().toNanos());
          isFirst = false;
        }
        return once(live, command, end);
      } catch (RedisFailure e) {
        if (!e.isPassing() || end - System.nanoTime() <= PAUSE_NANOS) {
          throw answered != null && e.kind() == Kind.UNREACHABLE ? answered : e;
        }
        answered = e.kind() == Kind.UNREACHABLE ? answered : e;
      }
      pause();
    }
  }

  private static long atMost(Duration patience, Duration limit) {
    return (patience.compareTo(limit) < 0 ? patience : limit).toNanos();
  }

  private void pause() throws RedisFailure {
    try {
      TimeUnit.NANOSECONDS.sleep(PAUSE_NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Kind.INTERRUPTED, false);
    }
  }

  private <T> T once(
      Live live,
      Function<RedisClusterAsyncCommands<String, String>, CompletionStage<T>> command,
      long end)
      throws RedisFailure {
    if (end - System.nanoTime() <= 0) {
      throw failure(Kind.SLOW, false);
    }
    CompletableFuture<T> answer = command.apply(live.commands).toCompletableFuture();
    try {
      T result = answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      live.heardAt = System.nanoTime();
      return result;
    } catch (TimeoutException e) {
      answer.cancel(true); // what was not written yet will not be
      if (System.nanoTime() - live.heardAt >= options.timeout().toNanos()) {
        drop(live); // it may be cut in a way that nobody notices
      }
      throw failure(Kind.SLOW, true);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw failure(Kind.INTERRUPTED, true);
    } catch (ExecutionException | CancellationException e) {
      RedisFailure failure = RedisFailure.of(e, options.place());
      if (failure.isOfConnection()) {
        drop(live); // the primary may be another by now
      } else {
        live.heardAt = System.nanoTime();
      }
      throw failure;
    }
  }

  private RedisFailure failure(Kind kind, boolean mayHaveRun) {
    return RedisFailure.of(kind, mayHaveRun, options.place());
  }

  private Live awaitConnected(long end) throws RedisFailure {
    CompletableFuture<Live> awaited = connected();
    try {
      return awaited.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw failure(Kind.UNREACHABLE, false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(Kind.INTERRUPTED, false);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RedisFailure failure ? failure : of(e);
    }
  }

  private RedisFailure of(ExecutionException connecting) {
    RedisFailure failure = RedisFailure.of(connecting, options.place());
    return failure.mayHaveRun() ? failure(failure.kind(), false) : failure;
  }

  /** Returns the connection, or the attempt to open one: there is one at a time. */
  private synchronized CompletableFuture<Live> connected() throws RedisFailure {
    if (isClosed) {
      throw failure(Kind.CLOSED, false);
    }
    if (current != null && current.isDone()) {
      boolean isUsable = !current.isCompletedExceptionally() && current.join().connection.isOpen();
      if (!isUsable) {
        current = null;
      }
    }
    if (current == null) {
      CompletableFuture<Live> next = new CompletableFuture<>();
      Thread thread = new Thread(() -> open(next), "elumenta-redis-connect");
      thread.setDaemon(true);
      thread.start();
      current = next;
    }
    return current;
  }

  private void open(CompletableFuture<Live> next) {
    StatefulConnection<String, String> opened;
    try {
      synchronized (server) {
        opened = server.connect();
      }
    } catch (RuntimeException | Error e) {
      next.completeExceptionally(e);
      return;
    }
    try {
      refuseEviction(opened);
    } catch (RedisFailure e) {
      opened.closeAsync();
      next.completeExceptionally(e);
      return;
    }
    boolean isUnwanted;
    synchronized (this) {
      isUnwanted = isClosed;
    }
    if (isUnwanted) {
      opened.closeAsync();
      next.completeExceptionally(failure(Kind.CLOSED, false));
    } else {
      hasConnected = true;
      next.complete(new Live(opened));
    }
  }

  /** Asked anew for each connection; who may not ask is not refused. */
  private void refuseEviction(StatefulConnection<String, String> opened) throws RedisFailure {
    if (options.allowsEviction()) {
      return;
    }
    String memory;
    try {
      memory =
          Server.commands(opened)
              .info("memory")
              .toCompletableFuture()
              .get(options.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return;
    }
    boolean isLimited = !memory.contains("maxmemory:0\r\n");
    if (isLimited && !memory.contains("maxmemory_policy:noeviction")) {
      throw failure(Kind.EVICTS, false);
    }
  }

  private void drop(Live live) {
    synchronized (this) {
      if (current != null
          && current.isDone()
          && !current.isCompletedExceptionally()
          && current.join() == live) {
        current = null;
      }
    }
    close(live);
  }

  private static void close(Live live) {
    if (live.connection.isOpen()) {
      live.connection.closeAsync();
    }
  }

  /** Returns what does things in time for all parts, on one thread, which must not be blocked. */
  synchronized ScheduledExecutorService timer() {
    if (timer == null) {
      timer =
          Executors.newSingleThreadScheduledExecutor(
              task -> {
                Thread thread = new Thread(task, "elumenta-fleet");
                thread.setDaemon(true);
                return thread;
              });
      if (isClosed) {
        timer.shutdownNow();
      }
    }
    return timer;
  }

  /** Ends it for all parts, and every wait for it. */
  @Override
  public void close() {
    CompletableFuture<Live> last;
    synchronized (this) {
      if (isClosed) {
        return;
      }
      isClosed = true;
      last = current;
      if (timer != null) {
        timer.shutdownNow();
      }
    }
    if (last != null && last.isDone() && !last.isCompletedExceptionally()) {
      last.join().connection.close();
    }
    synchronized (server) { // an attempt to connect ends first, in time
      server.close();
    }
  }
}
