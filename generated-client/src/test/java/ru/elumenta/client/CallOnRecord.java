package ru.elumenta.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.error.ElumentaException;

/** One call as seen from outside the client: what it sent, what that cost, how it ended. */
final class CallOnRecord {
  /** The operations that a call is made of. */
  enum Operation {
    CREATE,
    HISTORY,
    POLL
  }

  /** One request and what became of it. */
  static final class Sent {
    final CallOnRecord call;
    final Operation operation;
    final String target;
    final Duration at;
    final Duration limit;
    Fault fault;
    Optional<String> outcome = Optional.empty();

    Sent(CallOnRecord call, Operation operation, String target, Duration at, Duration limit) {
      this.call = call;
      this.operation = operation;
      this.target = target;
      this.at = at;
      this.limit = limit;
    }

    Duration end() {
      return at.plus(limit);
    }

    @Override
    public String toString() {
      return "%10.3f s  call %d  %s, given %.3f s: %s -> %s"
          .formatted(
              at.toMillis() / 1e3,
              call.number,
              target,
              limit.toMillis() / 1e3,
              fault,
              outcome.orElse("no answer yet"));
    }
  }

  final int number;
  final String prompt;
  final Duration began;
  final List<Sent> sent = new ArrayList<>();
  final List<ModelledGeneration> made = new ArrayList<>();
  final Map<Operation, Duration> announced = new HashMap<>();
  final List<String> broken = new ArrayList<>();
  Duration deadline;
  Duration ended;
  boolean isBesideItsLike;
  boolean isInterrupted;
  boolean keptTheInterrupt;
  boolean isCreated;
  String returned;
  Throwable failure;

  CallOnRecord(int number, String prompt, Duration began, Duration limit) {
    this.number = number;
    this.prompt = prompt;
    this.began = began;
    this.deadline = began.plus(limit);
  }

  long requestsFor(Operation operation) {
    return sent.stream().filter(each -> each.operation == operation).count();
  }

  boolean isWaitingForItsAnswer() {
    return !isCreated
        && !sent.isEmpty()
        && sent.get(sent.size() - 1).operation == Operation.CREATE
        && sent.get(sent.size() - 1).outcome.isEmpty();
  }

  /** Whether a paid request was answered with 200 and a whole body, readable or not. */
  boolean hasBeenAccepted() {
    return sent.stream()
        .filter(each -> each.operation == Operation.CREATE && each.fault != Fault.BODY_BREAKS_OFF)
        .anyMatch(each -> each.outcome.orElse("").startsWith("200"));
  }

  /** The generation that it returned, or that its failure names for its own. */
  Optional<String> delivered() {
    if (returned != null) {
      return Optional.of(returned);
    }
    return failure instanceof ElumentaException e ? e.context().generationId() : Optional.empty();
  }

  @Override
  public String toString() {
    return "call %d \"%s\": %.3f s to %s s, deadline %.3f s, made %s, returned %s%s, failure %s"
        .formatted(
            number,
            prompt,
            began.toMillis() / 1e3,
            ended == null ? "?" : ended.toMillis() / 1e3,
            deadline.toMillis() / 1e3,
            made,
            returned,
            isInterrupted ? ", interrupted" : "",
            failure);
  }
}
