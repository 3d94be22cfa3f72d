package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * What is to be sent, read on a thread that is not the caller's: a stream of the application's
 * knows nothing of time limits, and may not heed interrupts. Whoever ends the call ends the wait
 * for it; a read that goes on then is interrupted, and its stream closed. Used by one thread.
 */
final class UploadSource implements AutoCloseable {
  /** It could not be opened or read; the failure is the application's. */
  static final class Unreadable extends IOException {
    Unreadable(Throwable failure) {
      super(failure.getMessage(), failure);
    }

    IOException failure() {
      Throwable failure = getCause();
      return failure instanceof IOException own
          ? own
          : new IOException(failure.toString(), failure);
    }
  }

  private final HttpCall call;
  private final Executor threads;
  private final boolean mayBlock;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private FutureTask<?> step; // the last one
  private InputStream stream; // guarded by this, as is what follows; null until it is open
  private boolean isClosed;

  UploadSource(boolean mayBlock, HttpCall call, Executor threads) {
    this.mayBlock = mayBlock;
    this.call = call;
    this.threads = threads;
  }

  void open(Upload upload) throws IOException {
    away(
        () -> {
          InputStream opened = upload.open();
          if (!isKept(opened)) {
            opened.close(); // nobody wants it any more
          }
          return null;
        });
  }

  private synchronized boolean isKept(InputStream opened) {
    stream = opened;
    return !isClosed;
  }

  private synchronized InputStream stream() {
    return stream;
  }

  /** Reads as {@link InputStream#read(byte[], int, int)} does, into the beginning of the bytes. */
  int read(byte[] bytes, int count) throws IOException {
    InputStream open = stream();
    return away(() -> open.read(bytes, 0, count));
  }

  private <T> T away(Callable<T> reading) throws IOException {
    FutureTask<T> running = new FutureTask<>(reading);
    step = running;
    Runnable before = call.blocksIn(() -> running.cancel(true));
    try {
      if (mayBlock) {
        threads.execute(() -> run(running));
      } else {
        running.run();
      }
      return running.get();
    } catch (ExecutionException e) {
      throw new Unreadable(e.getCause());
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (CancellationException | RejectedExecutionException e) {
      throw new IOException("ended while the source was read");
    } finally {
      call.blocksIn(before);
    }
  }

  /** What a source loads is the application's. */
  private void run(FutureTask<?> reading) {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(loader);
    try {
      reading.run();
    } finally {
      thread.setContextClassLoader(null);
      Thread.interrupted(); // it was meant for the source
    }
  }

  /** Closes it; if it is still being read, then on a thread that may block in that, too. */
  @Override
  public void close() {
    InputStream open;
    synchronized (this) {
      isClosed = true;
      open = stream;
    }
    if (open == null) {
      return;
    }
    if (step.isCancelled()) {
      HelperThreads.started("elumenta-http-source", () -> closed(open));
    } else {
      closed(open);
    }
  }

  private static void closed(InputStream open) {
    try {
      open.close();
    } catch (IOException | RuntimeException e) {
      // It was only read from.
    }
  }
}
