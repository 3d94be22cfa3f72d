package ru.elumenta.client.pacing;

import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.options.TimeSource;

/** The turns of those who share a {@link RequestPacing}. Thread-safe. */
final class InMemoryPacing implements Pacing {
  private final RequestPacing requests;

  InMemoryPacing(TimeSource time) {
    this.requests = new RequestPacing(time);
  }

  @Override
  public PacingTurn join() {
    return new Turn(requests);
  }

  private static final class Turn implements PacingTurn {
    private final RequestPacing requests;
    private final long ticket;
    private boolean hasTurn;
    private long answersBefore;

    Turn(RequestPacing requests) {
      this.requests = requests;
      this.ticket = requests.join();
    }

    @Override
    public Optional<Held> ask(Duration patience) {
      Duration wait = requests.ask(ticket);
      if (!wait.isZero()) {
        return Optional.of(Held.untilTheWindowEnds(wait));
      }
      hasTurn = true;
      answersBefore = requests.answersSoFar();
      return Optional.empty();
    }

    @Override
    public void ended(TurnEnd end) {
      if (!hasTurn) { // somebody else let it through
        requests.take(ticket);
        answersBefore = requests.answersSoFar();
      }
      hasTurn = false;
      if (end.limits().isPresent()) {
        requests.answered(end.limits().get(), answersBefore, end::clockAhead);
      } else if (end.state() == TurnEnd.State.NOT_SENT) {
        requests.notSent();
      } else {
        requests.lost();
      }
      if (end.refusedFor().isPresent()) {
        requests.refused(end.refusedFor().get());
      } else if (end.state() == TurnEnd.State.ANSWERED) {
        requests.accepted(answersBefore);
      }
    }

    @Override
    public void close() {
      requests.leave(ticket);
      if (hasTurn) {
        hasTurn = false;
        requests.notSent();
      }
    }
  }
}
