package ru.elumenta.client;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import ru.elumenta.client.CallOnRecord.Operation;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.ElumentaException;

/** What all stories together had in them, so that none of it can get lost unnoticed. */
final class ChargeTally {
  final Map<Fault, Integer> faultsOfCreating = new EnumMap<>(Fault.class);
  final Map<Fault, Integer> faultsOfReading = new EnumMap<>(Fault.class);
  final Map<String, Integer> endings = new TreeMap<>();
  private long schedules;
  private long calls;
  private long requests;
  private long charges;

  void add(ChargeStory story) {
    schedules++;
    calls += story.calls.size();
    requests += story.requests.size();
    charges += story.service.charged();
    story.requests.forEach(
        request ->
            (request.operation == Operation.CREATE ? faultsOfCreating : faultsOfReading)
                .merge(request.fault, 1, Integer::sum));
    story.calls.forEach(call -> endings(call, story));
  }

  private void endings(CallOnRecord call, ChargeStory story) {
    boolean wasLookedFor = call.requestsFor(Operation.HISTORY) > 0;
    boolean wasSentAgain = call.requestsFor(Operation.CREATE) > 1;
    count(wasSentAgain, "sent again");
    count(wasSentAgain && wasLookedFor, "sent again after a look-up");
    count(wasLookedFor && call.isBesideItsLike, "looked for beside its like");
    count(call.isInterrupted, "interrupted");
    count(story.isClosed(), "of a client that was closed early");
    if (call.failure == null) {
      count(true, "returned");
      count(wasLookedFor && !isLastSentToCreate(call), "recovered");
      ModelledGeneration got = story.service.generation(call.returned);
      count(got != null && got.maker() != call, "interchanged");
    } else if (call.failure instanceof ElumentaException e) {
      count(true, "failed " + e.execution());
      count(true, e.getClass().getSimpleName());
      count(
          e instanceof OutcomeUnknownException,
          e.getCause() == null ? "" : e.getCause().getClass().getSimpleName());
      count(e instanceof OutcomeUnknownException && wasLookedFor, "unknown after a look-up");
    }
    count(
        story.schedule.recovery == Recovery.RESEND && call.made.size() > 1, "paid twice by RESEND");
  }

  private static boolean isLastSentToCreate(CallOnRecord call) {
    return call.sent.get(call.sent.size() - 1).operation == Operation.CREATE;
  }

  private void count(boolean happened, String ending) {
    if (happened) {
      endings.merge(ending, 1, Integer::sum);
    }
  }

  @Override
  public String toString() {
    return "%d schedules, %d calls, %d requests, %d charges; %s"
        .formatted(schedules, calls, requests, charges, endings);
  }
}
