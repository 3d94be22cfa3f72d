package ru.elumenta.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.batch.BatchFormat;
import ru.elumenta.client.batch.BatchPrice;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.batch.RetryFailed;
import ru.elumenta.client.model.GenerationRequest;

/** Makes a file of requests into a folder of results. */
@Command(
    name = "batch",
    description = {
      "Make a file of requests into a folder of results, within the account's limits and a budget.",
      "Interrupted or killed, the same command goes on where it was; nothing is paid for twice."
    },
    footer = {
      "",
      "Examples:",
      "  elumenta batch prompts.csv -o pictures --budget 500",
      "  elumenta batch words.txt -o songs --model suno-v4 --prompt \"A song about {line}\"",
      "  elumenta batch prompts.csv -o pictures --dry-run"
    })
final class BatchCommand extends RowsCommand {
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "JSON Lines (.jsonl), CSV with a header (.csv), or a text a line (.txt).")
  private Path input = Path.of("");

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "name=value",
      description = "With --model: what the model takes beside the prompt.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder of results; gone on with if it was begun.")
  private Path output = Path.of("");

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "Make every request of --prompt for this model.")
  private @Nullable String model;

  @Option(
      names = {"-p", "--prompt"},
      paramLabel = "TEXT",
      description = "The prompt, with {column} for what a row has; {line} in a text file.")
  private @Nullable String prompt;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "JSON_LINES, CSV or LINES, if the name does not say.")
  private @Nullable BatchFormat format;

  @Option(
      names = "--parallel",
      paramLabel = "ITEMS",
      defaultValue = "4",
      description = "How many at once; ${DEFAULT-VALUE} if not given.")
  private int parallel;

  @Option(
      names = "--max-cost",
      paramLabel = "TOKENS",
      description = "The most that an item may cost.")
  private @Nullable Long maxCost;

  @Option(names = "--budget", paramLabel = "TOKENS", description = "The most that all may cost.")
  private @Nullable Long budget;

  @Option(names = "--dry-run", description = "Print what it would cost, and stop.")
  private boolean isDryRun;

  @Option(
      names = "--retry-failed",
      paramLabel = "WHICH",
      description = "Take failed items again: FREE, those that cost nothing; ALL, and pay again.")
  private RetryFailed retryFailed = RetryFailed.NONE;

  @Option(
      names = "--resend-open",
      description = "Send again what may have been paid for and is not shown. May pay twice.")
  private boolean isResendOpen;

  @Option(names = "--no-files", description = "Do not download; results name addresses.")
  private boolean isNoFiles;

  BatchCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    GenerationRequest template = template();
    try (PaidClient client = account.paidClient()) {
      Batch batch =
          Batch.with(client.elumenta())
              .input(input)
              .output(output)
              .parallel(parallel)
              .retryFailed(retryFailed)
              .timeSource(around.time());
      batch = template == null ? batch : batch.template(template);
      batch = format == null ? batch : batch.format(format);
      batch = maxCost == null ? batch : batch.maxCost(maxCost);
      batch = budget == null ? batch : batch.budget(budget);
      batch = isResendOpen ? batch.resendOpen() : batch;
      batch = isNoFiles ? batch.withoutFiles() : batch;
      return isDryRun ? price(batch) : run(batch);
    }
  }

  private @Nullable GenerationRequest template() {
    if (model == null && prompt == null) {
      if (!words.isEmpty()) {
        throw new UsageException("name=value goes with --model. Nothing was sent.");
      }
      return null;
    }
    if (model == null || prompt == null) {
      throw new UsageException("--model and --prompt go together. Nothing was sent.");
    }
    return new RequestArguments(around).request(model, words, prompt);
  }

  private int price(Batch batch) {
    BatchPrice price = batch.dryRun();
    if (rows.isJson) {
      JsonLines.object()
          .with("items", price.items())
          .with("tokens", price.tokens())
          .with("by_model", price.byModel())
          .with("too_expensive", price.tooExpensive())
          .with("unpriced", price.unpriced())
          .with("invalid", price.invalid())
          .with("settled", price.settled())
          .to(around.out());
      return ExitCode.DONE;
    }
    around.out().printf("%d items, at most %d tokens%n", price.items(), price.tokens());
    price.byModel().forEach((slug, sum) -> around.out().printf("  %s: %d%n", slug, sum));
    tell(price.tooExpensive(), "are too expensive and would be refused");
    tell(price.unpriced(), "have no price");
    tell(price.invalid(), "are no requests");
    tell(price.settled(), "are done, failed or open already");
    return ExitCode.DONE;
  }

  private void tell(long items, String what) {
    if (items > 0) {
      around.out().println(items + " " + what);
    }
  }

  private int run(Batch batch) {
    OrderlyEnd end = new OrderlyEnd(around);
    try {
      BatchReport report = reported(batch);
      show(report);
      return code(report);
    } finally {
      end.reached();
    }
  }

  private BatchReport reported(Batch batch) {
    try (ProgressLine line = new ProgressLine(around)) {
      return batch.listener(new BatchProgressLine(line)::progressed).run();
    }
  }

  private void show(BatchReport report) {
    if (rows.isJson) {
      JsonLines.object()
          .with("end", report.end())
          .with("total", report.total())
          .with("completed", report.completed())
          .with("failed", report.failed())
          .with("open", report.open())
          .with("running", report.running())
          .with("waiting", report.waiting())
          .with("tokens", report.tokensSpent())
          .with("tokens_of_failures", report.tokensOfFailures())
          .with("tokens_open", report.tokensOpen())
          .with("problem", report.problem())
          .to(around.out());
      return;
    }
    around
        .out()
        .printf(
            "%d of %d items done, %d failed, %d open; %d tokens spent%n",
            report.completed(),
            report.total(),
            report.failed(),
            report.open(),
            report.tokensSpent());
    report.problem().ifPresent(around.err()::println);
    if (report.failed() > 0) {
      around.err().println("Why they failed: " + output.resolve("failures.jsonl"));
    }
    if (report.open() > 0) {
      around.err().println("What may have been paid for: " + output.resolve("open.jsonl"));
    }
    if (report.end() != BatchEnd.FINISHED) {
      around.err().println("The same command goes on where this one ended.");
    }
  }

  static int code(BatchReport report) {
    return switch (report.end()) {
      case FINISHED -> finished(report);
      case STILL_RUNNING -> ExitCode.STILL_RUNNING;
      case BUDGET_REACHED, INSUFFICIENT_TOKENS, NOT_AUTHENTICATED -> ExitCode.REFUSED;
      case UNREACHABLE -> ExitCode.FAILED;
      case INTERRUPTED -> ExitCode.INTERRUPTED;
    };
  }

  private static int finished(BatchReport report) {
    if (report.open() > 0) {
      return ExitCode.OUTCOME_UNKNOWN;
    }
    return report.failed() > 0 ? ExitCode.FAILED : ExitCode.DONE;
  }
}
