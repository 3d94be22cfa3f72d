package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** A stream of the application, which stays open. */
public final class StreamTarget implements Target {
  private final OutputStream out;
  private boolean isBegun;

  /** Wraps a stream. */
  public StreamTarget(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    isBegun = true;
    byte[] chunk = new byte[bytes.remaining()];
    bytes.get(chunk);
    out.write(chunk);
  }

  @Override
  public boolean startOver() {
    return !isBegun;
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    // It is the application's.
  }

  @Override
  public String toString() {
    return "the stream";
  }
}
