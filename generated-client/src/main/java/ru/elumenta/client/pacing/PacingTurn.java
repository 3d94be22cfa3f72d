package ru.elumenta.client.pacing;

import java.time.Duration;
import java.util.Optional;

/**
 * The place of one request in the queue, and once that is granted its turn to be sent. Used by one
 * thread, in this order: {@link #ask} until nothing holds it back, {@link #ended} if it was sent,
 * {@link #close} always.
 */
public interface PacingTurn extends AutoCloseable {
  /**
   * Asks for permission to send. What holds a request back may change at any time, so that whoever
   * is held back asks again.
   *
   * @param patience how long this may block at the most
   * @return what holds the request back; empty if it may be sent now
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Held> ask(Duration patience) throws InterruptedException;

  /**
   * Tells what became of the request. Called once, when it has its turn, while a result that is
   * paid for may be on its way to the caller: neither blocks nor throws.
   */
  void ended(TurnEnd end);

  /** Gives up what it has: its place, or a turn of which no end was told. Does not throw. */
  @Override
  void close();
}
