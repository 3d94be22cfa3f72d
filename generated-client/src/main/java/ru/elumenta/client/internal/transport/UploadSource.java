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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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

  private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(50);

  private final HttpCall call;
  private final Executor threads;
  private final boolean mayBlock;
  private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private FutureTask<Integer> step; // the last one: bytes read, or nothing if it was opened
  private volatile FutureTask<?> started; // the last one that a thread took up
  private InputStream stream; // guarded by this, as is what follows; null until it is open
  private boolean isClosed;

  UploadSource(boolean mayBlock, HttpCall call, Executor threads) {
    this.mayBlock = mayBlock;
    this.call = call;
    this.threads = threads;
  }

  void open(Upload upload) throws IOException {
    begin(
        () -> {
          InputStream opened = upload.open();
          if (!isKept(opened)) {
            opened.close(); // nobody wants it any more
          }
          return 0;
        });
    read();
  }

  private synchronized boolean isKept(InputStream opened) {
    stream = opened;
    return !isClosed;
  }

  private synchronized InputStream stream() {
    return stream;
  }

  /** Begins to read into the beginning of the bytes; {@link #read()} says when it is done. */
  void begin(byte[] bytes, int count) {
    InputStream open = stream();
    begin(() -> open.read(bytes, 0, count));
  }

  private void begin(Callable<Integer> reading) {
    FutureTask<Integer> running = new FutureTask<>(reading);
    step = running;
    if (!mayBlock) {
      running.run();
      return;
    }
    try {
      threads.execute(() -> run(running));
    } catch (RejectedExecutionException e) {
      running.cancel(false);
    }
  }

  /** Waits for what was begun; returns as {@link InputStream#read(byte[], int, int)} does. */
  int read() throws IOException {
    FutureTask<Integer> running = step;
    Runnable before = call.blocksIn(() -> running.cancel(true));
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new Unreadable(e.getCause());
    } catch (InterruptedException e) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (CancellationException e) {
      throw new IOException("ended while the source was read");
    } finally {
      call.blocksIn(before);
    }
  }

  /** What a source loads is the application's. */
  private void run(FutureTask<?> reading) {
    Thread thread = Thread.currentThread();
    thread.setContextClassLoader(loader);
    started = reading;
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
    awaitReadAhead();
    step.cancel(true);
    if (step.isCancelled() && started == step) {
      HelperThreads.started("elumenta-http-source", () -> closed(open));
    } else {
      closed(open);
    }
  }

  /** As a rule it is about to be done, and an interrupt would close a file for others too. */
  private void awaitReadAhead() {
    long left = Math.min(MOMENT, call.deadline() - System.nanoTime());
    HttpCall.End end = call.howEnded();
    boolean isCutOff = end != null && end != HttpCall.End.DONE;
    if (isCutOff || Thread.currentThread().isInterrupted() || left <= 0) {
      return;
    }
    try {
      step.get(left, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException | CancellationException e) {
      // Nobody wants it any more.
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
