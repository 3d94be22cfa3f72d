package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads bytes as UTF-8 straight into the buffer of whoever asks: a byte order mark is skipped, and
 * what is no UTF-8 fails instead of becoming question marks. Can mark at any place and for any
 * length. Used by one thread.
 */
public final class StrictUtf8Reader extends Reader {
  private final ReceivedBody body;
  private final ByteBuffer bytes;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  /** The second half of a character that did not fit; 0 if there is none. */
  private char left;

  private int markedPosition;
  private char markedLeft;

  StrictUtf8Reader(ReceivedBody body) {
    this.body = body;
    this.bytes = ByteBuffer.wrap(body.bytes());
    if (bytes.remaining() >= 3
        && bytes.get(0) == (byte) 0xEF
        && bytes.get(1) == (byte) 0xBB
        && bytes.get(2) == (byte) 0xBF) {
      bytes.position(3);
    }
    markedPosition = bytes.position();
  }

  /** Returns what is read from. */
  public ReceivedBody body() {
    return body;
  }

  @Override
  public int read() throws IOException {
    char[] one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    CharBuffer chars = CharBuffer.wrap(target, offset, length);
    if (left != 0) {
      chars.put(left);
      left = 0;
    }
    decode(chars);
    if (chars.position() == 0 && bytes.hasRemaining()) {
      // A pair of surrogates, and room for one of them.
      CharBuffer pair = CharBuffer.allocate(2);
      decode(pair);
      chars.put(pair.get(0));
      left = pair.get(1);
    }
    return chars.position() == 0 ? -1 : chars.position();
  }

  private void decode(CharBuffer chars) throws IOException {
    CoderResult result = decoder.reset().decode(bytes, chars, true);
    if (result.isError()) {
      result.throwException();
    }
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public void mark(int readAheadLimit) {
    markedPosition = bytes.position();
    markedLeft = left;
  }

  @Override
  public void reset() {
    bytes.position(markedPosition);
    left = markedLeft;
  }

  @Override
  public void close() {}
}
