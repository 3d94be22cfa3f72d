package ru.elumenta.client.internal.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server-sent events out of bytes, however these are cut into pieces, as the HTML standard has it
 * ("server-sent events", 9.2.6): lines end with CR, LF or both; an empty line ends an event; what
 * is neither data nor the name of the event is ignored.
 *
 * <p>Lines are found among bytes, where no part of a longer UTF-8 sequence looks like an end of
 * line, and become text whole. Keeps one event, of limited length. Used by one thread.
 */
final class EventParser {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final int mostBytes;
  private byte[] line = new byte[256];
  private int length;
  private boolean isAfterReturn;
  private boolean isFirstLine = true;
  private String name;
  private StringBuilder data; // null before the first data line of an event
  private long dataBytes;

  /**
   * Creates a parser.
   *
   * @param mostBytes how long an event may be, and any line
   */
  EventParser(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** An event, or a line, that is longer than it may be. */
  static final class TooLongException extends Exception {
    TooLongException(int mostBytes) {
      super("has an event longer than the " + mostBytes + " bytes this client accepts");
    }
  }

  /**
   * Reads as far as the end of the next event.
   *
   * @param bytes what has arrived; what is left of it belongs to later events
   * @return the event; null if all bytes are read and it has not ended
   */
  SentEvent next(ByteBuffer bytes) throws TooLongException {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      boolean isSecondOfTwo = next == '\n' && isAfterReturn;
      isAfterReturn = next == '\r';
      if (next != '\n' && next != '\r') {
        keep(next);
      } else if (!isSecondOfTwo) {
        SentEvent event = endOfLine();
        if (event != null) {
          return event;
        }
      }
    }
    return null;
  }

  /**
   * Returns the event that no empty line has ended, once the body has; null if there is none. The
   * standard drops it; whether it is whole is for the reader to see.
   */
  SentEvent last() throws TooLongException {
    if (length > 0) {
      endOfLine();
    }
    return endOfEvent();
  }

  private void keep(byte next) throws TooLongException {
    if (length == mostBytes) {
      throw new TooLongException(mostBytes);
    }
    if (length == line.length) {
      line = Arrays.copyOf(line, Math.min(mostBytes, 2 * length));
    }
    line[length++] = next;
  }

  private SentEvent endOfLine() throws TooLongException {
    int bytes = length;
    String text = new String(line, 0, bytes, StandardCharsets.UTF_8);
    length = 0;
    if (isFirstLine && text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    isFirstLine = false;
    if (text.isEmpty()) {
      return endOfEvent();
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    field(field, value.startsWith(" ") ? value.substring(1) : value, bytes);
    return null;
  }

  private void field(String field, String value, int bytes) throws TooLongException {
    if (field.equals("event")) {
      name = value;
    } else if (field.equals("data")) {
      dataBytes += bytes;
      if (dataBytes > mostBytes) {
        throw new TooLongException(mostBytes);
      }
      data = data == null ? new StringBuilder() : data.append('\n');
      data.append(value);
    }
  }

  /** An event without data is none, unless its name alone says that something failed. */
  private SentEvent endOfEvent() {
    boolean isNone = data == null && !FailureSigns.isFailure(name);
    SentEvent event = isNone ? null : new SentEvent(name, data == null ? "" : data.toString());
    name = null;
    data = null;
    dataBytes = 0;
    return event;
  }
}
