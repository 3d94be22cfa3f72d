package ru.elumenta.redis;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.pacing.Held;
import ru.elumenta.client.pacing.Pacing;
import ru.elumenta.client.pacing.PacingTurn;
import ru.elumenta.client.pacing.TurnEnd;

/**
 * Holds requests back for all machines of a fleet together: what the account has left in its hour
 * and day, as the headers of all answers tell, less the requests that are under way anywhere; for
 * how long the service refuses; and, if that is asked for, how many requests there may be at once.
 * First come, first served, over all machines.
 *
 * <p>It costs one command before a request, and one after it that nobody waits for. A request that
 * is held back asks again after 5 seconds, or as soon as it may be its turn. The turn of a machine
 * that died is given back once its lease is over, its place in the queue too.
 *
 * <p>While nothing is known of the account (no machine has had an answer for two hours), 4 requests
 * are let through at once.
 *
 * <p><b>Without Redis</b>, if it is down, slow, full or not allowed to be used, each client paces
 * itself, by what its own answers say, and no machine alone has more requests under way than all of
 * them may have together. The first command that fails costs its call the time-out of the options
 * at the most; after that one call in two seconds tries, for a quarter of a second. It is logged
 * once as it begins and once as it ends, under {@code ru.elumenta.redis}; see {@link #isShared}.
 *
 * <p>Thread-safe. To be closed after the clients that use it.
 */
public final class RedisPacing implements Pacing, AutoCloseable {
  private static final Duration LONGEST_TRIAL = Duration.ofMillis(250);
  private static final AtomicLong IDS = new AtomicLong();
  private static final String PROCESS = UUID.randomUUID().toString();

  private final FleetConnection connection;
  private final boolean isOwner;
  private final PacingCommands commands;
  private final int mostAtOnce;
  private final Outage outage = new Outage("The pacing", "each client paces itself");
  private final HeldTurns turns;
  private final Pacing ofThisProcess;
  private volatile CompletableFuture<?> lastSaid = CompletableFuture.completedFuture(null);

  /**
   * Creates it, with a connection of its own; connects to nothing yet.
   *
   * @see Fleet#applyTo
   */
  public static RedisPacing of(FleetOptions options) {
    return new RedisPacing(
        new FleetConnection(Objects.requireNonNull(options, "options")), true, TimeSource.system());
  }

  /**
   * Creates it.
   *
   * @param isOwner whether the connection is closed with it
   * @param time of the clients; if it is not the system's, the server's clock is not asked either
   */
  RedisPacing(FleetConnection connection, boolean isOwner, TimeSource time) {
    this.connection = connection;
    this.isOwner = isOwner;
    this.commands = new PacingCommands(connection, time);
    this.mostAtOnce = connection.options().maxConcurrentRequests().orElse(0);
    this.turns = new HeldTurns(connection, commands);
    this.ofThisProcess = Pacing.inMemory(time);
  }

  @Override
  public PacingTurn join() {
    return new Turn(PROCESS + "-" + IDS.incrementAndGet());
  }

  /** Returns whether requests are paced for the fleet; false if each client does it for itself. */
  public boolean isShared() {
    return !outage.isOn();
  }

  /** Waits until the server has heard what it was told of requests that ended. */
  void awaitSaid() {
    try {
      lastSaid.get(connection.options().timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Then leases end.
    }
  }

  /** What was said of the requests of this process is heard first, if that can be. */
  @Override
  public void close() {
    turns.close();
    awaitSaid();
    if (isOwner) {
      connection.close();
    }
  }

  private final class Turn implements PacingTurn {
    private final String id;
    private final PacingTurn own = ofThisProcess.join();
    private boolean isKnownThere; // has a place or a turn, perhaps
    private boolean hasTurn;
    private long answersBefore = PacingCommands.UNKNOWN;

    Turn(String id) {
      this.id = id;
    }

    @Override
    public Optional<Held> ask(Duration patience) throws InterruptedException {
      if (outage.mayTry()) {
        try {
          return shared(outage.isOn() ? shorter(patience, LONGEST_TRIAL) : patience);
        } catch (RedisFailure e) {
          if (e.kind() == RedisFailure.Kind.INTERRUPTED) {
            Thread.interrupted(); // said by the exception
            throw new InterruptedException();
          }
          outage.began(e);
        }
      }
      return alone(patience);
    }

    private Optional<Held> shared(Duration patience) throws RedisFailure {
      isKnownThere = true;
      PacingCommands.Answer answer = commands.ask(id, mostAtOnce, patience);
      outage.ended();
      if (answer.reason() == PacingCommands.Reason.NOTHING) {
        answersBefore = answer.answers();
        hasTurn();
        return Optional.empty();
      }
      return Optional.of(
          answer.reason() == PacingCommands.Reason.ACCOUNT
              ? Held.untilTheWindowEnds(answer.held())
              : Held.untilAnotherEnds(mostAtOnce, answer.held()));
    }

    private Optional<Held> alone(Duration patience) throws InterruptedException {
      if (mostAtOnce > 0 && turns.size() >= mostAtOnce) {
        return Optional.of(Held.untilAnotherEnds(mostAtOnce, LONGEST_TRIAL));
      }
      Optional<Held> held = own.ask(patience);
      if (held.isEmpty()) {
        hasTurn();
      }
      return held;
    }

    private void hasTurn() {
      hasTurn = true;
      turns.add(id);
    }

    @Override
    public void ended(TurnEnd end) {
      own.ended(end); // it learns, for when it is needed
      over(end);
    }

    @Override
    public void close() {
      own.close();
      over(TurnEnd.notSent());
    }

    private void over(TurnEnd end) {
      if (hasTurn) {
        hasTurn = false;
        turns.remove(id);
      } else if (!isKnownThere) {
        return;
      }
      isKnownThere = false;
      if (!outage.isOn()) {
        CompletableFuture<?> said = commands.end(id, end, answersBefore);
        lastSaid = said;
        said.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                outage.began(RedisFailure.of(failure, connection.options().place()));
              }
            });
      }
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
