package ru.elumenta.examples.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.options.NetworkOptions;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.RetryOptions;

/**
 * Everything at once on one client for some time: calls, jobs, streams, downloads, renewals of a
 * session, cancellations, faults; then whether anything was left over. The exit code is 0 if not.
 *
 * <p>Arguments: how many seconds, how many calls at least, and the seed; {@code 120 0 1} by
 * default.
 */
public final class Soak {
  private static final int WORKERS = 16;
  private static final Duration IDLE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long HEAP_MARGIN = 8_000_000;

  private Soak() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    long seconds = args.length > 0 ? Long.parseLong(args[0]) : 120;
    long calls = args.length > 1 ? Long.parseLong(args[1]) : 0;
    long seed = args.length > 2 ? Long.parseLong(args[2]) : 1;
    List<String> left = run(Duration.ofSeconds(seconds), calls, seed);
    left.forEach(System.err::println);
    System.exit(left.isEmpty() ? 0 : 1);
  }

  /** Returns what was left over, in words; nothing if all is well. */
  static List<String> run(Duration time, long calls, long seed) throws Exception {
    try (SoakServer server = new SoakServer(seed)) {
      MachineUse before = MachineUse.now(server);
      MachineUse warm;
      List<String> left = new ArrayList<>();
      try (HttpEngine engine = HttpEngine.create();
          ElumentaSession session = session(server, engine);
          ElumentaClient elumenta = client(session, engine)) {
        session.login("ann@example.com", "long-password");
        SoakWork work = new SoakWork(elumenta, server.url() + "/file");
        work(work, time.dividedBy(10), 0, seed);
        warm = settled(server, work);
        long begin = System.nanoTime();
        work(work, time.minus(time.dividedBy(10)), calls, seed + 1);
        Duration lasted = Duration.ofNanos(System.nanoTime() - begin);
        MachineUse after = settled(server, work);
        System.out.printf(
            "%,d calls, %,d requests, in %d s; then%n  %s%n",
            work.calls(), server.requests(), lasted.toSeconds(), work.outcomes());
        System.out.printf("before  %s%nwarm    %s%nafter   %s%n", before, warm, after);
        if (work.unexpected() > 0) {
          left.add("There were failures that the client does not promise: " + work.outcomes());
        }
        if (after.heap() > warm.heap() + HEAP_MARGIN) {
          left.add("The heap has grown: " + warm + " … " + after);
        }
        if (after.connections() > 0) {
          left.add("Idle connections are still open: " + after);
        }
      }
      MachineUse closed = ended(server, before, warm);
      System.out.printf("closed  %s%n", closed);
      if (!isGivenBack(closed, before, warm)) {
        left.add("Closing did not give everything back: " + before + " … " + closed);
      }
      return left;
    }
  }

  private static ElumentaSession session(SoakServer server, HttpEngine engine) {
    return ElumentaSession.builder().baseUrl(server.url()).sharedWith(engine).build();
  }

  private static ElumentaClient client(ElumentaSession session, HttpEngine engine) {
    return session
        .client()
        .sharedWith(engine)
        .network(NetworkOptions.defaults().withIdleTime(IDLE))
        .attemptTimeout(Duration.ofSeconds(1))
        .callTimeout(Duration.ofSeconds(2))
        .retry(RetryOptions.defaults().withBackOff(Duration.ofMillis(5), Duration.ofMillis(20)))
        .polling(
            PollingOptions.defaults()
                .withFirstDelay(Duration.ofMillis(5))
                .withInterval(Duration.ofMillis(20)))
        .build();
  }

  private static void work(SoakWork work, Duration time, long calls, long seed)
      throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      SplittableRandom die = new SplittableRandom(seed * WORKERS + i);
      Thread worker =
          new Thread(
              () -> {
                while (System.nanoTime() < end || work.calls() < calls) {
                  work.once(die);
                }
              },
              "soak-worker-" + i);
      workers.add(worker);
      worker.start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
  }

  /** Waits until nothing is under way, and idle connections are closed. */
  private static MachineUse settled(SoakServer server, SoakWork work) throws InterruptedException {
    work.dismissOpenCalls();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.connections() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
    work.dismissOpenCalls();
    return MachineUse.now(server);
  }

  private static MachineUse ended(SoakServer server, MachineUse before, MachineUse warm)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    MachineUse use = MachineUse.now(server);
    while (!isGivenBack(use, before, warm) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(100);
      use = MachineUse.now(server);
    }
    return use;
  }

  /** Files are compared with those of a warm JVM, which has opened its jars. */
  private static boolean isGivenBack(MachineUse now, MachineUse before, MachineUse warm) {
    return now.threads() <= before.threads()
        && now.connections() == 0
        && now.files() <= warm.files();
  }
}
