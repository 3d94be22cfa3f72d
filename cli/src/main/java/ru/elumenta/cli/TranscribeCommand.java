package ru.elumenta.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.SpeechFile;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TranscriptionOptions;

/** Writes down speech. */
@Command(
    name = "transcribe",
    description = "Write down what is said in a recording. Costs tokens.",
    footer = {"", "Example:", "  elumenta transcribe interview.mp3 --language ru -o interview.txt"})
final class TranscribeCommand extends ResultCommand {
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

  @Parameters(paramLabel = "FILE", description = "The recording.")
  private Path file = Path.of("");

  @Option(
      names = "--language",
      paramLabel = "CODE",
      description = "As in ru; found out if not given.")
  private @Nullable String language;

  @Option(names = "--model", paramLabel = "MODEL", description = "Which model listens.")
  private @Nullable String model;

  @Option(names = "--diarize", description = "Tell the speakers apart.")
  private boolean isDiarize;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = TimeArgument.class,
      description = "How long sending and waiting may take; 10 minutes if not given.")
  private @Nullable Duration timeout;

  TranscribeCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    result.check();
    TranscriptionOptions options = TranscriptionOptions.defaults();
    options = language == null ? options : options.withLanguage(language);
    options = model == null ? options : options.withModel(model);
    options = isDiarize ? options.withDiarize(true) : options;
    Generation written;
    try (PaidClient client = account.paidClient(timeout == null ? LONG_ENOUGH : timeout);
        Interruption interruption = new Interruption(around)) {
      interruption.paidRequest();
      try (ProgressLine line = new ProgressLine(around)) {
        SpeechFile recording = new ShownUpload(file, line).recording();
        written = client.elumenta().transcribe(recording, options);
      }
      result.give(written, client.elumenta(), interruption);
    }
    return ExitCode.DONE;
  }
}
