package ru.elumenta.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;

/**
 * One machine of a fleet: asks for pictures that the others ask for too, to the letter or nearly,
 * and takes over what dead ones have left. May be killed at any moment.
 */
final class FleetProgram {
  static final String CALL = "X-Call";
  static final String BEGUN = "begun";
  static final String ANSWERED = "answered";
  static final String RECOVERED = "recovered"; // within the call, as its answer was lost
  static final String FOUND = "found";
  static final String READY = "ready";

  private static final int THREADS = 2;
  private static final int PICTURES = 40;
  private static final int NEARLY = 4;
  private static final int MOST_ROUNDS = 40;
  private static final long PAUSE = 250; // milliseconds

  private final ThreadLocal<String> current = new ThreadLocal<>();
  private final ThreadLocal<Boolean> isRecovered = ThreadLocal.withInitial(() -> false);
  private final Queue<OpenCall> lost = new ConcurrentLinkedQueue<>();
  private final FleetLedger ledger;
  private final RedisCallJournal journal;
  private final ElumentaClient elumenta;
  private final long seed;
  private final int longestPause; // milliseconds

  private FleetProgram(
      FleetLedger ledger,
      RedisCallJournal journal,
      String url,
      String key,
      long seed,
      int longestPause) {
    this.ledger = ledger;
    this.journal = journal;
    this.seed = seed;
    this.longestPause = longestPause;
    this.elumenta =
        ElumentaClient.builder()
            .baseUrl(url)
            .apiKey(key)
            .journal(new Told())
            .callTimeout(Duration.ofSeconds(seed % 2 == 0 ? 2 : 10))
            .attemptHeaders((call, attempt) -> Map.of(CALL, String.valueOf(current.get())))
            .listener(new Recoveries())
            .build();
  }

  static FleetOptions options(String redis) {
    return FleetOptions.at(redis)
        .lease(Duration.ofSeconds(1))
        .longestPause(Duration.ofSeconds(3))
        .timeout(Duration.ofSeconds(2))
        .build();
  }

  /**
   * Takes address of Redis, base URL, key, folder, seed, the longest pause between two calls in
   * milliseconds, and "last" to take up what is open.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    long seed = Long.parseLong(args[4]);
    Path file = Path.of(args[3], "%06d-%d".formatted(seed, ProcessHandle.current().pid()));
    try (FleetLedger ledger = new FleetLedger(file);
        RedisCallJournal journal = RedisCallJournal.of(options(args[0]))) {
      FleetProgram program =
          new FleetProgram(ledger, journal, args[1], args[2], seed, Integer.parseInt(args[5]));
      System.out.println(READY);
      if (args.length > 6) {
        program.takeUpAll();
        program.elumenta.close();
      } else {
        program.run();
      }
    }
  }

  /** The journal, and who of the ledger each call is. */
  private final class Told implements CallJournal {
    @Override
    public void open(OpenCall call, Duration patience) {
      ledger.write(BEGUN, call.id(), String.valueOf(current.get()), call.request().whole());
      journal.open(call, patience);
    }

    @Override
    public void close(String callId, CallOutcome outcome) {
      journal.close(callId, outcome);
    }

    @Override
    public List<OpenCall> openCalls() {
      return journal.openCalls();
    }

    @Override
    public boolean claim(String generationId, OpenCall call, Duration patience) {
      return journal.claim(generationId, call, patience);
    }

    @Override
    public Map<String, String> claims(Set<String> generationIds) {
      return journal.claims(generationIds);
    }
  }

  /** What the thread of a call is told before it has the result. */
  private final class Recoveries implements CallListener {
    @Override
    public void recovered(CallInfo call, GenerationId id) {
      isRecovered.set(true);
    }
  }

  private void run() throws InterruptedException {
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      String name = seed + "-" + i;
      new Thread(() -> makePictures(name, random)).start();
    }
    while (true) {
      Thread.sleep(PAUSE);
      takeUp();
    }
  }

  static String prompt(int picture, boolean isNearly) {
    return (isNearly ? "Picture  " : "Picture ") + picture;
  }

  private void makePictures(String name, Random random) {
    try {
      for (int i = 0; true; i++) {
        String prompt = prompt(random.nextInt(PICTURES), random.nextInt(NEARLY) == 0);
        String call = name + "-" + i;
        current.set(call);
        isRecovered.set(false);
        try {
          Generation made =
              elumenta.generate(new GenerationRequest().model("dall-e-3").prompt(prompt));
          ledger.write(isRecovered.get() ? RECOVERED : ANSWERED, call, made.getId().toString());
        } catch (OutcomeUnknownException e) {
          e.openCall().ifPresent(lost::add);
        } catch (ElumentaException e) {
          ledger.write("failed", call, e.execution().name(), e.getClass().getSimpleName());
        }
        Thread.sleep(random.nextInt(longestPause)); // as people do, and others need the processor
      }
    } catch (Throwable failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Returns how many were found. */
  private int takeUp() {
    int found = 0;
    try {
      List<OpenCall> calls = new ArrayList<>(journal.takeOver(20));
      for (OpenCall own = lost.poll(); own != null; own = lost.poll()) {
        calls.add(own);
      }
      for (OpenCall call : calls) {
        current.set("look");
        if (elumenta.lookUp(call) instanceof LookUpResult.Found it) {
          ledger.write(FOUND, call.id(), it.job().id().orElseThrow().toString());
          found++;
        } else if (call.state() == OpenCall.State.LOST) {
          lost.add(call);
          break;
        }
      }
    } catch (ElumentaException e) {
      ledger.write("not-looked", e.getClass().getSimpleName());
    }
    return found;
  }

  /** Until nothing more is found, twice over. */
  private void takeUpAll() throws InterruptedException {
    int without = 0;
    for (int round = 0; round < MOST_ROUNDS && without < 2; round++) {
      without = takeUpEach() == 0 ? without + 1 : 0;
    }
  }

  private int takeUpEach() {
    int found = 0;
    for (OpenCall call : journal.takeOver(1_000)) {
      try {
        if (elumenta.lookUp(call) instanceof LookUpResult.Found it) {
          ledger.write(FOUND, call.id(), it.job().id().orElseThrow().toString());
          found++;
        }
      } catch (ElumentaException e) { // of a busy machine; it stays listed
        ledger.write("not-looked", e.getClass().getSimpleName());
      }
    }
    return found;
  }
}
