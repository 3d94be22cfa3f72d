package ru.elumenta.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * At Ctrl-C interrupts the thread that made this and gives it time to end in order. What is not
 * ended by then is in the journal, as after a kill.
 */
final class OrderlyEnd {
  private static final int PATIENCE_S = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  OrderlyEnd(Surroundings around) {
    Thread working = Thread.currentThread();
    hook =
        new Thread(
            () -> {
              around.err().printf("%nInterrupted. Requests under way are waited for.%n");
              around.err().flush();
              working.interrupt();
              try {
                if (!ended.await(PATIENCE_S, TimeUnit.SECONDS)) {
                  around.err().println("Not all have ended. The same command finds out.");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "elumenta-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** The work has ended, and all was said. */
  void reached() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook has done its work.
    }
  }
}
