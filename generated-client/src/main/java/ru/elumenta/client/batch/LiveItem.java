package ru.elumenta.client.batch;

import java.util.Optional;

/**
 * An item that was begun and has not ended. Immutable.
 *
 * @param line of the input
 * @param callId of its call in the client's journal
 * @param price what is reserved for it; negative if its price was not asked for
 * @param phase how far it is
 * @param generation its id, once it is known
 * @param file the name that its file gets, once that is decided
 */
record LiveItem(
    int line,
    String callId,
    long price,
    Phase phase,
    Optional<String> generation,
    Optional<String> file) {

  /** How far an item is. */
  enum Phase {
    /** Written down here, perhaps in the journal too; certainly not sent. */
    ABOUT,
    /** Perhaps sent. */
    SENT,
    /** Sent, and nobody waits for its answer any more. */
    OPEN,
    /** The generation is known. */
    CREATED
  }

  static LiveItem about(int line, String callId) {
    return new LiveItem(line, callId, -1, Phase.ABOUT, Optional.empty(), Optional.empty());
  }

  LiveItem sent(long reserved) {
    return new LiveItem(line, callId, reserved, Phase.SENT, generation, file);
  }

  LiveItem open() {
    return new LiveItem(line, callId, price, Phase.OPEN, generation, file);
  }

  LiveItem created(String id) {
    return new LiveItem(line, callId, price, Phase.CREATED, Optional.of(id), file);
  }

  LiveItem file(String name) {
    return new LiveItem(line, callId, price, phase, generation, Optional.of(name));
  }

  /** What it may cost. */
  long reserved() {
    return Math.max(0, price);
  }

  /** Whether its outcome may be that it was paid for. */
  boolean mayBePaid() {
    return phase != Phase.ABOUT;
  }
}
