package ru.elumenta.client.internal.recovery;

import feign.TypedResponse;
import java.util.Optional;
import java.util.function.Supplier;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.OutcomeLookUp.Finding;
import ru.elumenta.client.internal.call.OutcomeLookUp.Found;
import ru.elumenta.client.internal.call.OutcomeLookUp.NotThere;
import ru.elumenta.client.internal.call.OutcomeLookUp.Perhaps;
import ru.elumenta.client.internal.call.OutcomeLookUp.Ran;
import ru.elumenta.client.internal.call.OutcomeLookUp.Unclear;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.recovery.HistorySearch.Shown;
import ru.elumenta.client.internal.recovery.RowClock.Difference;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** One look at the history, for one call. Used by one thread. */
final class HistoryLook {
  /** What all looks share. */
  record Parts(
      HistorySearch search,
      RowClaim claim,
      CallJournal journal,
      Supplier<GenerationsApi> generations) {

    /** Returns the same with another journal. */
    Parts with(CallJournal other) {
      return new Parts(search, claim.of(other), other, generations);
    }

    /**
     * Writes down how a call ended. A failing journal must not take the place of what it ended
     * with: the call stays listed, and whoever looks it up again finds what it has claimed.
     */
    void ended(OpenCall call, CallOutcome outcome) {
      try {
        journal.close(call.id(), outcome);
      } catch (RuntimeException e) {
        // As said above.
      }
    }
  }

  private final Parts parts;
  private final OpenCall call;
  private final Deadline deadline;
  private Optional<Difference> clock = Optional.empty();
  private TypedResponse<Generation> read;
  private ElumentaException unreadable;

  HistoryLook(Parts parts, OpenCall call, Deadline deadline) {
    this.parts = parts;
    this.call = call;
    this.deadline = deadline;
  }

  /** Returns how far the clock of the rows was ahead at this look; empty if nobody knows. */
  Optional<Difference> clock() {
    return clock;
  }

  Finding once(boolean provesAbsence) {
    Shown shown = parts.search.look(call, provesAbsence, deadline);
    clock = shown.clock();
    RowClaim.Result result = parts.claim.oldest(shown, call, this::isIt, deadline.remaining());
    if (result instanceof RowClaim.Claimed claimed) {
      return found(GenerationId.of(claimed.id()));
    }
    if (result instanceof RowClaim.Contested) {
      return new Unclear(
          "Another call with the same model and prompt is under way, was lost too, or got a result"
              + " without an id.",
          null);
    }
    if (shown.gap().isPresent()) {
      return new Unclear(shown.gap().get(), null);
    }
    if (result instanceof RowClaim.Perhaps perhaps) {
      return new Perhaps(
          perhaps.ids().stream().filter(id -> !id.equals("null")).map(GenerationId::of).toList());
    }
    return new NotThere();
  }

  /** What cannot be read contradicts nothing. */
  private boolean isIt(String id) {
    read = null;
    unreadable = null;
    try {
      read =
          ResilientCalls.lookingUp(deadline, GenerationsApi.class, parts.generations.get())
              .getGenerationWithResponse(GenerationId.of(id));
      return !RowMatch.contradicts(call.request(), read.body());
    } catch (ElumentaException e) {
      unreadable = e;
      return true;
    }
  }

  private Finding found(GenerationId id) {
    parts.ended(call, CallOutcome.answered(id.toString()));
    if (unreadable == null) {
      if (read.body().identity().isEmpty()) { // it was asked for by its id, and need not repeat it
        read.body().setId(id);
      }
      return new Found(id, read);
    }
    unreadable.completeContext(
        context ->
            context
                .generationId(id.toString())
                .execution(Execution.EXECUTED)
                .remark("The request ran as this generation; attach to it by its id."));
    return new Ran(id, unreadable);
  }
}
