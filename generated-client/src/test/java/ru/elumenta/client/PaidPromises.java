package ru.elumenta.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import ru.elumenta.client.CallOnRecord.Operation;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** What the client promises about each call, judged when a story is over. */
final class PaidPromises {
  /** The look-up forgives three seconds, and the Date that it goes by has whole ones only. */
  private static final Duration FORGIVEN = Duration.ofSeconds(4);

  private final ChargeStory story;
  private final Set<ModelledGeneration> delivered = new HashSet<>();

  PaidPromises(ChargeStory story) {
    this.story = story;
  }

  /** Returns a sentence for each promise that was broken. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (CallOnRecord call : story.calls) {
      call.broken.forEach(sentence -> broken.add("Call %d: %s".formatted(call.number, sentence)));
      judgeEnd(call).ifPresent(why -> broken.add("Call %d: %s".formatted(call.number, why)));
      judgeCharges(call).ifPresent(why -> broken.add("Call %d: %s".formatted(call.number, why)));
    }
    int made = story.calls.stream().mapToInt(call -> call.made.size()).sum();
    if (story.service.charged() != made) {
      broken.add("The model itself is wrong: %d charges.".formatted(story.service.charged()));
    }
    return broken;
  }

  private Optional<String> judgeEnd(CallOnRecord call) {
    if (call.ended.compareTo(call.deadline.plusMillis(1)) > 0) {
      return Optional.of("It ended after the deadline.");
    }
    if (call.requestsFor(Operation.CREATE) > story.schedule.retry.maxAttempts()) {
      return Optional.of("It was sent more often than allowed.");
    }
    if (call.isInterrupted && !call.keptTheInterrupt) {
      return Optional.of("The interrupt flag was not kept.");
    }
    if (call.failure == null) {
      return Optional.empty();
    }
    if (!(call.failure instanceof ElumentaException failure)) {
      return Optional.of("It failed with " + call.failure);
    }
    if (failure.execution() == Execution.NOT_EXECUTED && !call.made.isEmpty()) {
      return Optional.of("It made something and says NOT_EXECUTED.");
    }
    if (failure.execution() == Execution.NOT_EXECUTED && call.isCreated) {
      return Optional.of("Its generation exists and it says NOT_EXECUTED.");
    }
    if (failure.execution() == Execution.EXECUTED && call.delivered().isEmpty()) {
      return Optional.of("It says EXECUTED and does not say what.");
    }
    return Optional.empty();
  }

  private Optional<String> judgeCharges(CallOnRecord call) {
    boolean maySendTwice = story.schedule.recovery == Recovery.RESEND;
    long unaccounted = call.made.stream().filter(notDeliveredTo(other -> other != call)).count();
    if (!maySendTwice && unaccounted > 1) {
      return Optional.of("It was charged %d times.".formatted(unaccounted));
    }
    if (call.delivered().isEmpty()) {
      return Optional.empty();
    }
    ModelledGeneration got = story.service.generation(call.delivered().orElseThrow());
    if (got == null || got.maker() == null) {
      return Optional.of("It got a generation of nobody or of another process: " + got);
    }
    if (!delivered.add(got)) {
      return Optional.of("It got a generation that another call got: " + got);
    }
    return got.maker() == call || isInterchangeable(got, call)
        ? Optional.empty()
        : Optional.of("It got what another call made: " + got);
  }

  /**
   * In the history, calls with the same model and prompt cannot be told apart. If both were lost
   * within the seconds that the look-up forgives, each may get what the other made.
   */
  private boolean isInterchangeable(ModelledGeneration got, CallOnRecord call) {
    return (story.schedule.recovery == Recovery.LOOK_UP
            || story.schedule.recovery == Recovery.LOOK_UP_THEN_RESEND)
        && got.maker().prompt.equals(call.prompt)
        && got.stamped().compareTo(call.began.minus(FORGIVEN)) > 0;
  }

  private Predicate<ModelledGeneration> notDeliveredTo(Predicate<CallOnRecord> calls) {
    return made ->
        story.calls.stream()
            .filter(calls)
            .noneMatch(
                call ->
                    call.delivered()
                        .filter(made.id(story.schedule.idsAreText)::equals)
                        .isPresent());
  }
}
