package ru.elumenta.examples.soak;

import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.ElumentaException;

/** Everything that an application may do with a client, in the order of a seeded die. */
final class SoakWork {
  private final ElumentaClient elumenta;
  private final String fileUrl;
  private final Map<String, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LongAdder calls = new LongAdder();

  SoakWork(ElumentaClient elumenta, String fileUrl) {
    this.elumenta = elumenta;
    this.fileUrl = fileUrl;
  }

  long calls() {
    return calls.sum();
  }

  /** How the calls ended, and how often. */
  Map<String, Long> outcomes() {
    Map<String, Long> sums = new TreeMap<>();
    outcomes.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }

  /** Returns how many calls ended in a way that the client does not promise. */
  long unexpected() {
    return outcomes().entrySet().stream()
        .filter(outcome -> outcome.getKey().startsWith("unexpected"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Makes one call of whatever kind, and waits for its end. */
  void once(SplittableRandom die) {
    calls.increment();
    try {
      call(die.nextInt(100), die);
      count("as asked");
    } catch (CancellationException e) {
      count("cancelled");
    } catch (ElumentaException e) {
      count(e.getClass().getSimpleName());
    } catch (CompletionException e) {
      boolean isOurs = e.getCause() instanceof ElumentaException;
      count((isOurs ? "" : "unexpected ") + e.getCause().getClass().getSimpleName());
    } catch (RuntimeException e) {
      count("unexpected " + e);
    }
  }

  private void call(int kind, SplittableRandom die) {
    if (kind < 60) {
      elumenta.api(ModelsApi.class).getModel("dall-e-3");
    } else if (kind < 72) {
      elumenta.submit(prompt());
    } else if (kind < 80) {
      endOrCancel(elumenta.async(ModelsApi.class, models -> models.getModel("dall-e-3")), die);
    } else if (kind < 86) {
      endOrCancel(elumenta.submit(prompt()).awaitAsync(Duration.ofSeconds(2)), die);
    } else if (kind < 88) {
      elumenta.submit(prompt()).await(Duration.ofSeconds(2));
    } else if (kind < 96) {
      stream(kind < 92);
    } else {
      elumenta.download(fileUrl).to(OutputStream.nullOutputStream());
    }
  }

  /** One in five is given up before it has ended. */
  private static void endOrCancel(CompletableFuture<?> future, SplittableRandom die) {
    if (die.nextInt(5) == 0) {
      future.cancel(true);
    }
    future.join();
  }

  private void stream(boolean isReadWhole) {
    try (GenerationStream stream = elumenta.stream(prompt())) {
      for (StreamEvent event : stream) {
        if (!isReadWhole && event != null) {
          return; // it is left after its first event
        }
      }
    }
  }

  private static GenerationRequest prompt() {
    return new GenerationRequest().model("gpt-5").prompt("Tell me a story");
  }

  private void count(String outcome) {
    outcomes.computeIfAbsent(outcome, any -> new LongAdder()).increment();
  }

  /** What is left open on the journal stays there until somebody says otherwise. */
  void dismissOpenCalls() {
    elumenta.openCalls().forEach(elumenta::dismiss);
  }
}
