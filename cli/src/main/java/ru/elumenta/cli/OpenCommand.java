package ru.elumenta.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import ru.elumenta.client.LookUpResult;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;

/** What the journal holds open: paid calls of which nobody knows what became. */
@Command(
    name = "open",
    description = {
      "Look up paid calls whose outcome is unknown, after a crash or a lost answer.",
      "Looking costs nothing, and sends nothing again."
    },
    footer = {"", "Example:", "  elumenta open"})
final class OpenCommand extends RowsCommand {
  @Parameters(
      paramLabel = "CALL",
      arity = "0..1",
      description = "The id of one call; all if none is given.")
  private @Nullable String wanted;

  @Option(names = "--list", description = "List them without looking.")
  private boolean isList;

  @Option(names = "--dismiss", description = "Take the call off the list: it was found otherwise.")
  private boolean isDismiss;

  private boolean isAnyOpen;
  private int failure = ExitCode.DONE;

  OpenCommand(Surroundings around) {
    super(around);
  }

  @Override
  public Integer call() {
    if (isDismiss && wanted == null) {
      throw new UsageException(
          "--dismiss needs the id of a call: elumenta open --list shows them.");
    }
    try (PaidClient client = account.paidClient()) {
      List<OpenCall> calls = client.elumenta().openCalls().stream().filter(this::isWanted).toList();
      if (wanted != null && calls.isEmpty()) {
        throw new UsageException("No call %s is open: elumenta open --list shows them.", wanted);
      }
      if (calls.isEmpty() && !rows.isJson) {
        around.err().println("No call is open.");
      }
      for (OpenCall each : calls) {
        if (isDismiss) {
          client.elumenta().dismiss(each);
        } else {
          look(each, client);
        }
      }
    }
    if (failure != ExitCode.DONE) {
      return failure;
    }
    return isAnyOpen ? ExitCode.OUTCOME_UNKNOWN : ExitCode.DONE;
  }

  private boolean isWanted(OpenCall call) {
    return wanted == null || call.id().equals(wanted);
  }

  private void look(OpenCall call, PaidClient client) {
    if (isList) {
      tell(call, "open", "", null);
      return;
    }
    if (call.state() == OpenCall.State.UNDER_WAY) {
      isAnyOpen = true;
      tell(call, "under way", "another elumenta waits for its answer", null);
      return;
    }
    try {
      LookUpResult result = client.elumenta().lookUp(call);
      if (result instanceof LookUpResult.Found found) {
        GenerationId id = found.job().id().orElse(null);
        tell(call, "found", "elumenta attach " + id, id);
      } else if (result instanceof LookUpResult.Several several) {
        isAnyOpen = true;
        tell(
            call,
            "several may be it",
            several.ids().stream().map(GenerationId::toString).collect(Collectors.joining(", ")),
            null);
      } else if (result instanceof LookUpResult.Unclear unclear) {
        isAnyOpen = true;
        tell(call, "cannot be told", unclear.because(), null);
      } else {
        isAnyOpen = true;
        tell(call, "not shown so far", "look again later, before you pay again", null);
      }
    } catch (ElumentaException e) {
      failure = FailureReport.code(e);
      tell(call, "could not be looked up", e.getMessage(), null);
    }
  }

  private void tell(OpenCall call, String outcome, String next, @Nullable GenerationId id) {
    if (rows.isJson) {
      JsonLines.object()
          .with("call", call.id())
          .with("operation", call.operation())
          .with("model", call.model())
          .with("opened_at", call.openedAt())
          .with("outcome", outcome)
          .with("id", id)
          .to(around.out());
    } else {
      around
          .out()
          .printf(
              "%s  %s  %s  %s%s%n",
              call.id(),
              call.model().orElse(call.operation()),
              call.openedAt(),
              outcome,
              next.isEmpty() ? "" : ": " + next);
    }
  }
}
