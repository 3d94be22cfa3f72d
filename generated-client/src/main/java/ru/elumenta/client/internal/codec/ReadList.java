package ru.elumenta.client.internal.codec;

import java.util.ArrayList;
import java.util.Collection;

/** A list of what could be read. Equal to any list of the same elements. */
public final class ReadList<E> extends ArrayList<E> {
  private int leftOut;

  ReadList() {}

  void leaveOut() {
    leftOut++;
  }

  int leftOut() {
    return leftOut;
  }

  /** Returns how many elements came that could not be read; 0 for a list of another kind. */
  public static int leftOut(Collection<?> list) {
    return list instanceof ReadList<?> read ? read.leftOut : 0;
  }
}
