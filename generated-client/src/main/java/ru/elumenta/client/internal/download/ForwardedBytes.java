package ru.elumenta.client.internal.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/** The caller's stream, which is flushed and stays open. What it was given cannot be taken back. */
public final class ForwardedBytes implements FileSink {
  private final OutputStream out;
  private final WritableByteChannel channel;
  private boolean isBegun;

  /** Creates a sink that writes to a stream. */
  public ForwardedBytes(OutputStream out) {
    this.out = out;
    this.channel = Channels.newChannel(out);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    isBegun |= bytes.hasRemaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public boolean restart() {
    return !isBegun;
  }

  @Override
  public void finish() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    // It belongs to the caller.
  }
}
