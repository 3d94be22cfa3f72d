package ru.elumenta.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.model.GenerationId;

/** Comes back to what was begun. */
@Command(
    name = "attach",
    description = "Wait for a generation begun before, and give it. Costs nothing.",
    footer = {"", "Example:", "  elumenta attach 18473 --output lighthouse.png"})
final class AttachCommand extends ResultCommand {
  @Parameters(paramLabel = "ID", description = "Of the generation.")
  private String id = "";

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeArgument.class,
      description = "How long to wait, as in 90s or 10m; it goes on after that.")
  private @Nullable Duration timeout;

  AttachCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    result.check();
    GenerationId generation = GenerationId.of(id);
    try (ElumentaClient elumenta = account.client();
        Interruption interruption = new Interruption(around)) {
      interruption.running(generation);
      GenerationJob job = elumenta.attach(generation);
      result.give(JobProgressLine.await(job, timeout, id, around), elumenta, interruption);
    }
    return ExitCode.DONE;
  }
}
