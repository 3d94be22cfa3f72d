package ru.elumenta.contract.batch;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.SimulatedTime;

/** Simulated time that processes share, in a file that each has in its memory. Thread-safe. */
final class SharedTime implements TimeSource {
  private static final VarHandle NANOS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ByteBuffer memory;

  private SharedTime(ByteBuffer memory) {
    this.memory = memory;
  }

  static SharedTime in(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      return new SharedTime(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
    }
  }

  @Override
  public Instant now() {
    return SimulatedTime.START.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    return (long) NANOS.getVolatile(memory, 0);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    NANOS.getAndAdd(memory, 0, duration.toNanos());
  }
}
