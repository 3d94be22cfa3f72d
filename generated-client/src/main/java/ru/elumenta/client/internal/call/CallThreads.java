package ru.elumenta.client.internal.call;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads of a client's own: virtual ones where the JDK has them. */
public final class CallThreads {
  private static final long KEPT_SECONDS = 10;

  private CallThreads() {}

  /**
   * Returns threads that are there as soon as there is something to do, and end soon after.
   *
   * @param name of those before JDK 21; virtual threads have none
   */
  public static ExecutorService named(String name) {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (NoSuchMethodException beforeJdk21) {
      return new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          KEPT_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
          });
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("The JDK's virtual threads could not be used.", e);
    }
  }
}
