package ru.elumenta.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.ModelAnswer;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.StreamResult;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;

/** Makes something, waits for it, and gives it. */
@Command(
    name = "generate",
    description = "Make a text, an image, a video, speech or music. Costs tokens.",
    footer = {
      "",
      "Examples:",
      "  elumenta generate dall-e-3 \"A lighthouse at dusk\" size=1024x1024 -o lighthouse.png",
      "  elumenta generate gpt-5 @question.txt --stream",
      "  elumenta generate gpt-5 \"A haiku\" --max-cost 10 --json"
    })
final class GenerateCommand extends ResultCommand {
  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "Its slug, as elumenta models lists.")
  private String model = "";

  @Parameters(
      index = "1..*",
      paramLabel = "PROMPT|name=value",
      arity = "0..*",
      description = {
        "The prompt in quotes, as @file, or - for standard input; and what the model takes beside"
            + " it."
      })
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "The prompt, if it looks like name=value.")
  private @Nullable String prompt;

  @Option(names = "--no-wait", description = "Print the id as soon as there is one.")
  private boolean isNoWait;

  @Option(
      names = "--max-cost",
      paramLabel = "TOKENS",
      description = "Ask for the price first, and do not pay more.")
  private @Nullable Long maxCost;

  @Option(
      names = "--fallback",
      paramLabel = "MODEL",
      description = "Asked if the model is not there; may be repeated.")
  private List<String> fallback = new ArrayList<>();

  @Option(names = "--stream", description = "Print a text as it comes.")
  private boolean isStream;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeArgument.class,
      description = "How long to wait, as in 90s or 10m. What is not finished by then goes on.")
  private @Nullable Duration timeout;

  GenerateCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    refuseContradictions();
    GenerationRequest request = new RequestArguments(around).request(model, words, prompt);
    result.check();
    try (PaidClient client = account.paidClient();
        Interruption interruption = new Interruption(around)) {
      interruption.paidRequest();
      ElumentaCalls elumenta = client.elumenta();
      ElumentaCalls calls = maxCost == null ? elumenta : elumenta.maxCost(maxCost);
      if (isStream) {
        return stream(calls, request, interruption);
      }
      if (!fallback.isEmpty()) {
        ElumentaCalls limited = timeout == null ? calls : calls.within(timeout);
        ModelAnswer answer = limited.generateWithFallback(request, fallback);
        answer.passedOver().forEach(each -> around.err().println(each.getMessage()));
        return given(answer.generation(), calls, interruption);
      }
      GenerationJob job = calls.submit(request);
      job.id().ifPresent(interruption::running);
      if (isNoWait) {
        return submitted(job);
      }
      return given(JobProgressLine.await(job, timeout, model, around), calls, interruption);
    }
  }

  private void refuseContradictions() {
    if (isStream && (isNoWait || !fallback.isEmpty() || result.isJson())) {
      throw new UsageException(
          "--stream prints a text as it comes: it goes with none of --no-wait, --fallback, --json."
              + " Nothing was sent.");
    }
    if (isStream && maxCost != null) {
      throw new UsageException(
          "--max-cost cannot be kept by a stream. Nothing was sent. Without --stream it is.");
    }
    if (isNoWait && !fallback.isEmpty()) {
      throw new UsageException(
          "--fallback waits, to see whether a model fails: it does not go with --no-wait. Nothing"
              + " was sent.");
    }
  }

  private int given(Generation generation, ElumentaCalls calls, Interruption interruption) {
    result.give(generation, calls, interruption);
    return ExitCode.DONE;
  }

  private int submitted(GenerationJob job) {
    if (result.isJson()) {
      JsonLines.object()
          .with("id", job.id())
          .with("status", job.lastKnown().map(Generation::getStatus))
          .to(around.out());
    } else {
      around.out().println(job.id().map(Object::toString).orElse("It is finished, without an id."));
    }
    return ExitCode.DONE;
  }

  private int stream(ElumentaCalls calls, GenerationRequest request, Interruption interruption) {
    try (GenerationStream stream = calls.stream(request)) {
      for (StreamEvent event : stream) {
        if (event instanceof StreamEvent.Delta delta) {
          around.out().print(delta.text());
          around.out().flush();
        }
      }
      StreamResult end = stream.result();
      around.out().println();
      end.tokensCharged().ifPresent(tokens -> around.err().println(tokens + " tokens."));
    }
    return ExitCode.DONE;
  }
}
