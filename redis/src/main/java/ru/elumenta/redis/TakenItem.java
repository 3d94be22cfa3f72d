package ru.elumenta.redis;

/**
 * An item that a worker has taken.
 *
 * @param entry of the stream
 * @param item what it is
 * @param state how far it is
 */
record TakenItem(String entry, BatchItem item, State state) {
  /** How far an item is; the scripts have the letters. */
  enum Phase {
    /** Nothing was done for it. */
    NEW(""),
    /** Its price is taken from the budget. */
    RESERVED("R"),
    /** Its call has a name; it certainly was not sent. */
    ABOUT("A"),
    /** Perhaps sent. */
    SENT("S"),
    /** Sent, and nobody waits for its answer any more. */
    OPEN("O"),
    /** The generation is known. */
    CREATED("C");

    private final String letter;

    Phase(String letter) {
      this.letter = letter;
    }
  }

  /**
   * How far it is.
   *
   * @param price what is reserved for it; negative if its price was not asked for
   * @param call the id of its call in the journal, or nothing
   * @param generation its id, or nothing
   */
  record State(Phase phase, long price, String call, String generation) {
    static final State NEW = new State(Phase.NEW, -1, "", "");

    static State read(String text) {
      if (text.isEmpty()) {
        return NEW;
      }
      String[] parts = text.split("\\|", 5);
      for (Phase phase : Phase.values()) {
        if (phase.letter.equals(parts[0])) {
          return new State(phase, Long.parseLong(parts[1]), parts[2], parts[4]);
        }
      }
      throw new IllegalArgumentException("An item of the batch is in a state that is not known.");
    }
  }
}
