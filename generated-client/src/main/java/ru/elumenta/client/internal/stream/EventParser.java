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
  private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] EVENT = {'e', 'v', 'e', 'n', 't'};

  private final int mostBytes;
  private byte[] line = new byte[256];
  private int length;
  private boolean isAfterReturn;
  private boolean isFirstLine = true;
  private String name;
  private String data; // the first data line of an event; null before it
  private StringBuilder joined; // all of them; null before the second
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
      if (isAfterReturn) {
        isAfterReturn = false;
        if (bytes.get(bytes.position()) == '\n') {
          bytes.get(); // the second of two
          continue;
        }
      }
      if (keepUntilEndOfLine(bytes)) {
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

  /** Takes what belongs to the line; returns whether its end was among it. */
  private boolean keepUntilEndOfLine(ByteBuffer bytes) throws TooLongException {
    int begin = bytes.position();
    int end = begin;
    byte last = 0;
    while (end < bytes.limit() && !isEndOfLine(last = bytes.get(end))) {
      end++;
    }
    keep(bytes, end - begin);
    if (!isEndOfLine(last)) {
      return false;
    }
    bytes.get();
    isAfterReturn = last == '\r';
    return true;
  }

  private static boolean isEndOfLine(byte next) {
    return next == '\n' || next == '\r';
  }

  private void keep(ByteBuffer bytes, int more) throws TooLongException {
    if (more > mostBytes - length) {
      throw new TooLongException(mostBytes);
    }
    if (more > line.length - length) {
      line = Arrays.copyOf(line, Math.min(mostBytes, Math.max(2 * line.length, length + more)));
    }
    bytes.get(line, length, more);
    length += more;
  }

  private SentEvent endOfLine() throws TooLongException {
    int bytes = length;
    length = 0;
    int begin = isFirstLine && begins(BYTE_ORDER_MARK, 0, bytes) ? BYTE_ORDER_MARK.length : 0;
    isFirstLine = false;
    if (begin == bytes) {
      return endOfEvent();
    }
    if (isField(DATA, begin, bytes)) {
      dataBytes += bytes;
      if (dataBytes > mostBytes) {
        throw new TooLongException(mostBytes);
      }
      data(value(begin + DATA.length, bytes));
    } else if (isField(EVENT, begin, bytes)) {
      name = value(begin + EVENT.length, bytes);
    }
    return null;
  }

  /** Whether the line has this name, alone or before a colon. */
  private boolean isField(byte[] field, int begin, int end) {
    int colon = begin + field.length;
    return begins(field, begin, end) && (colon == end || line[colon] == ':');
  }

  private boolean begins(byte[] with, int begin, int end) {
    return end - begin >= with.length
        && Arrays.equals(line, begin, begin + with.length, with, 0, with.length);
  }

  /** What follows the colon, but for one space; nothing if there is none. */
  private String value(int colon, int end) {
    int begin = Math.min(end, colon + 1);
    begin += begin < end && line[begin] == ' ' ? 1 : 0;
    return new String(line, begin, end - begin, StandardCharsets.UTF_8);
  }

  /** Most events have one line; more are joined. */
  private void data(String value) {
    if (data == null) {
      data = value;
      return;
    }
    if (joined == null) {
      joined = new StringBuilder(data);
    }
    joined.append('\n').append(value);
  }

  /** An event without data is none, unless its name alone says that something failed. */
  private SentEvent endOfEvent() {
    boolean isNone = data == null && !FailureSigns.isFailure(name);
    String text = joined != null ? joined.toString() : data == null ? "" : data;
    SentEvent event = isNone ? null : new SentEvent(name, text);
    name = null;
    data = null;
    joined = null;
    dataBytes = 0;
    return event;
  }
}
