package ru.elumenta.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.RateLimitException;

/** One machine of a fleet: some threads, each of which makes one call after the other. */
final class PacedProgram {
  private PacedProgram() {}

  /** How the machine holds its requests back. */
  enum Way {
    SHARED,
    OWN,
    NOT_AT_ALL
  }

  /** Takes base URL, key, Redis, port of the time, way, threads, calls of each, and a seed. */
  public static void main(String[] args) throws Exception {
    int threads = Integer.parseInt(args[5]);
    int calls = Integer.parseInt(args[6]);
    Random random = new Random(Long.parseLong(args[7]));
    AtomicInteger made = new AtomicInteger();
    AtomicInteger refused = new AtomicInteger();
    try (TimeOfMany.Participant time =
            new TimeOfMany.Participant(Integer.parseInt(args[3]), threads);
        FleetConnection connection =
            new FleetConnection(FleetOptions.at(args[2]).timeout(Duration.ofSeconds(20)).build());
        RedisPacing pacing = new RedisPacing(connection, false, time);
        ElumentaClient elumenta =
            way(
                    Way.valueOf(args[4]),
                    pacing,
                    ElumentaClient.builder()
                        .baseUrl(args[0])
                        .apiKey(args[1])
                        .callTimeout(Duration.ofHours(40))
                        .timeSource(time))
                .build()) {
      List<Thread> all = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        long seed = random.nextLong();
        all.add(
            new Thread(
                () -> {
                  try {
                    work(elumenta, time, new Random(seed), calls, made, refused);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  } finally {
                    time.end();
                  }
                }));
      }
      all.forEach(Thread::start);
      for (Thread each : all) {
        each.join();
      }
    }
    System.out.println(made + " " + refused);
  }

  private static ElumentaClientBuilder way(
      Way way, RedisPacing pacing, ElumentaClientBuilder builder) {
    return switch (way) {
      case SHARED -> builder.pacing(pacing);
      case OWN -> builder.pacing(true);
      case NOT_AT_ALL -> builder;
    };
  }

  private static void work(
      ElumentaClient elumenta,
      TimeOfMany.Participant time,
      Random random,
      int calls,
      AtomicInteger made,
      AtomicInteger refused)
      throws InterruptedException {
    for (int call = 0; call < calls; call++) {
      time.sleep(Duration.ofMillis(random.nextInt(60_000)));
      try {
        elumenta.generate(
            new GenerationRequest().model("gpt-5").prompt("Number " + random.nextLong()));
        made.incrementAndGet();
      } catch (RateLimitException e) {
        refused.incrementAndGet();
      }
    }
  }
}
