package ru.elumenta.client.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.batch.BatchException.Reason;
import ru.elumenta.client.batch.StateImage.Checkpoint;

/** Reads the items of an input that have not ended, one after the other. Thread-safe. */
final class ItemSource implements AutoCloseable {
  private final Row.Source rows;
  private final InputHash hash;
  private final RequestMaker maker;
  private final long total;
  private long read; // guarded by this, as are all but the maker

  /** A row and the hash of the input up to it. */
  private record Read(Row row, String hash) {}

  /** Opens the input. */
  ItemSource(BatchOptions options, long total) {
    this.rows = InputFile.open(options.input, options.format);
    this.hash = new InputHash(rows.columns());
    this.maker = new RequestMaker(options.format, rows.columns(), options.template);
    this.total = total;
  }

  /**
   * Counts the rows, and holds those that were read before against what they were like then.
   *
   * @throws BatchException if they are others
   */
  static long check(BatchOptions options, BatchState state) {
    List<Checkpoint> known = state.look(image -> List.copyOf(image.checkpoints.values()));
    long total = 0;
    int next = 0;
    int lastGood = 0;
    try (Row.Source rows = InputFile.open(options.input, options.format)) {
      new RequestMaker(options.format, rows.columns(), options.template); // says what is wrong
      InputHash hash = new InputHash(rows.columns());
      for (Row row = rows.next(); row != null; row = rows.next()) {
        total++;
        String soFar = hash.add(row.cells());
        if (next < known.size() && row.line() >= known.get(next).line()) {
          if (row.line() > known.get(next).line() || !soFar.equals(known.get(next).hash())) {
            throw changed(options, "was changed", lastGood + 1, known.get(next).line());
          }
          lastGood = known.get(next).line();
          next++;
        }
      }
    }
    if (next < known.size()) {
      throw changed(
          options, "is shorter than it was, or was changed", lastGood + 1, known.get(next).line());
    }
    return total;
  }

  private static BatchException changed(BatchOptions options, String how, int from, int to) {
    return new BatchException(
        Reason.INPUT_CHANGED,
        "%s %s since this batch was begun, in lines %d to %d"
            .formatted(options.input, how, from, to),
        "Put it back; rows may be appended, and no others changed. For other requests take another"
            + " folder.",
        null);
  }

  /** Returns the next item that has not ended; null if there is none, or none may be begun. */
  @Nullable Item next(BatchState state, Stopping stopping) {
    while (true) {
      Read next = read();
      if (next == null || stopping.isLeaving()) {
        return null;
      }
      int line = next.row.line();
      boolean isWanted = stopping.maySend() || state.live(line).isPresent();
      if (isWanted && !state.isSettled(line)) {
        return maker.make(next.row, next.hash);
      }
    }
  }

  private synchronized @Nullable Read read() {
    if (read >= total) {
      return null;
    }
    Row row = rows.next();
    if (row == null) {
      read = total;
      return null;
    }
    read++;
    return new Read(row, hash.add(row.cells()));
  }

  @Override
  public synchronized void close() {
    rows.close();
  }
}
