package ru.elumenta.client.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of an input, not understood yet.
 *
 * @param line where it begins, from 1
 * @param cells what it has: one text, or one for each column
 */
record Row(int line, List<String> cells) {
  /** Reads rows one after the other. */
  interface Source extends AutoCloseable {
    /** Returns the names of the columns; for JSON there are none. */
    List<String> columns();

    /** Returns the next row; null if there is none. */
    @Nullable Row next();

    @Override
    void close();
  }
}
