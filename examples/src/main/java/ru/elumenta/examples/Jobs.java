package ru.elumenta.examples;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.JobOutcome;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;

/** Shows videos that are submitted, watched, awaited together and taken up again. */
public final class Jobs {
  private Jobs() {}

  /** Runs it against a simulated service: no account, no key. */
  public static void main(String[] args) {
    SimulatedService.run(Jobs::print);
  }

  static void print(ElumentaClient elumenta) {
    String stored = submitted(elumenta);
    takenUpAgain(elumenta, stored);
    together(elumenta);
  }

  private static String submitted(ElumentaClient elumenta) {
    GenerationJob job = elumenta.submit(video("Waves below a lighthouse"));
    System.out.println("submitted, " + job.lastKnown().orElseThrow().getStatus());
    return job.id().orElseThrow().toString(); // it is pending, so it has one
  }

  private static void takenUpAgain(ElumentaClient elumenta, String stored) {
    Generation video =
        elumenta
            .attach(GenerationId.of(stored))
            .await(
                Duration.ofMinutes(15),
                progress ->
                    System.out.printf(
                        "%s after %d s%n", progress.status(), progress.elapsed().toSeconds()));
    System.out.println(Outcome.of(video));
  }

  private static void together(ElumentaClient elumenta) {
    List<GenerationJob> jobs =
        Stream.of("Fog over a harbour", "A gull in the wind", "Rain on slate")
            .map(prompt -> elumenta.submit(video(prompt)))
            .toList();
    try (Stream<JobOutcome> ended = elumenta.awaitAll(jobs)) {
      ended.forEach(job -> System.out.println(Outcome.of(job.orElseThrow())));
    }
  }

  private static GenerationRequest video(String prompt) {
    return new GenerationRequest().model("kling-v2.1").prompt(prompt);
  }
}
