package ru.elumenta.client.internal.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import ru.elumenta.client.error.SpeechFileException.Reason;
import ru.elumenta.client.internal.transport.UnusableSource;

/** A stream that fails unless it ends after so many bytes, neither sooner nor later. */
final class ExactLength extends FilterInputStream {
  private final long length;
  private long left;

  ExactLength(InputStream in, long length) {
    super(in);
    this.length = length;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    if (left == 0) {
      if (in.read() >= 0) {
        throw changed("longer");
      }
      return -1;
    }
    int read = in.read(bytes, from, (int) Math.min(count, left));
    if (read < 0) {
      throw changed("shorter, by %d,".formatted(left));
    }
    left -= read;
    return read;
  }

  private UnusableSource changed(String how) {
    return new UnusableSource(
        Reason.CHANGED,
        "it turned out %s than the %d bytes that it had when the call began"
            .formatted(how, length));
  }
}
