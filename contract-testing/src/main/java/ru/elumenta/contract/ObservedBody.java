package ru.elumenta.contract;

import feign.Response;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A body that can be read once, as it comes: nothing is read ahead, each read is one of the body
 * below. What was read is kept, and handed over once, at its end or when it is closed.
 */
final class ObservedBody implements Response.Body {
  private static final int MOST_BYTES = 8 << 20;

  private final Response.Body body;
  private final BiConsumer<byte[], Boolean> observer;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private @Nullable InputStream stream; // opened once
  private boolean isCutShort;
  private boolean isHandedOver;

  /**
   * Creates a body.
   *
   * @param observer takes the bytes and whether they are all
   */
  ObservedBody(Response.Body body, BiConsumer<byte[], Boolean> observer) {
    this.body = body;
    this.observer = observer;
  }

  @Override
  public Integer length() {
    return body.length();
  }

  @Override
  public boolean isRepeatable() {
    return false;
  }

  @Override
  public synchronized InputStream asInputStream() throws IOException {
    if (stream == null) {
      stream = new Observed(body.asInputStream());
    }
    return stream;
  }

  @Override
  @Deprecated
  public Reader asReader() throws IOException {
    return asReader(StandardCharsets.UTF_8);
  }

  @Override
  public Reader asReader(Charset charset) throws IOException {
    return new InputStreamReader(asInputStream(), charset);
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
    } finally {
      handOver(false);
    }
  }

  private synchronized void keep(byte[] bytes, int offset, int length) {
    if (kept.size() + length <= MOST_BYTES) {
      kept.write(bytes, offset, length);
    } else {
      isCutShort = true;
    }
  }

  private synchronized void handOver(boolean isEnd) {
    if (!isHandedOver) {
      isHandedOver = true;
      boolean isComplete = isEnd || body.length() != null && body.length() == kept.size();
      observer.accept(kept.toByteArray(), isComplete && !isCutShort);
      kept.reset();
    }
  }

  private final class Observed extends FilterInputStream {
    Observed(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) {
        keep(into, offset, count);
      } else if (count < 0) {
        handOver(true);
      }
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      byte[] skipped = new byte[(int) Math.max(0, Math.min(count, 8192))];
      return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() throws IOException {
      try {
        in.close();
      } finally {
        handOver(false);
      }
    }
  }
}
