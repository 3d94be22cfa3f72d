package ru.elumenta.client.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a poll does, the next ones come, and as many at once as before. */
class PollQueueTest {
  private static final int MOST = 3;

  private final AtomicInteger thrown = new AtomicInteger();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((any, e) -> thrown.incrementAndGet());
            return thread;
          });

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  /** As many polls are at once under way as may be, and no more. */
  private static void assertRoomForAll(PollQueue queue) throws InterruptedException {
    CountDownLatch together = new CountDownLatch(MOST);
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(MOST * 4);
    for (int i = 0; i < MOST * 4; i++) {
      queue.poll(
          () -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            together.countDown();
            awaited(together);
            atOnce.decrementAndGet();
            over.countDown();
            return null;
          });
    }
    assertThat(over.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(most).hasValue(MOST);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void pollsThatThrowTakeNobodysRoom() throws Exception {
    for (int round = 0; round < 200; round++) {
      PollQueue queue = new PollQueue(threads, MOST);
      CountDownLatch polled = new CountDownLatch(40);
      for (int i = 0; i < 40; i++) {
        int number = i;
        queue.poll(
            () -> {
              polled.countDown();
              if (number % 3 == 0) {
                throw new StackOverflowError("made by the test");
              }
              return number % 3 == 1 ? null : () -> failing(number);
            });
      }
      assertThat(polled.await(20, TimeUnit.SECONDS)).isTrue();
      assertRoomForAll(queue);
    }
    assertThat(thrown.get()).as("told to the threads' handler").isPositive();
  }

  private static void failing(int number) {
    if (number % 2 == 0) {
      throw new IllegalStateException("made by the test");
    }
  }

  @Test
  void whereNoThreadIsToBeHadThePollsWaitForTheApplicationAndAreMadeAllTheSame() {
    List<Runnable> started = new ArrayList<>();
    Executor poor =
        task -> {
          if (started.size() == MOST) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          started.add(task);
        };
    PollQueue queue = new PollQueue(poor, MOST);
    List<String> story = new ArrayList<>();
    for (int i = 0; i < MOST + 2; i++) {
      int number = i;
      queue.poll(
          () -> {
            story.add("poll " + number);
            return () -> story.add("application " + number);
          });
    }

    started.get(0).run();

    assertThat(story)
        .containsExactly(
            "poll 0", "application 0", "poll 3", "application 3", "poll 4", "application 4");
  }

  @Test
  void aPollThatCannotBeStartedTakesNoRoom() throws Exception {
    AtomicInteger refusals = new AtomicInteger(MOST * 2);
    PollQueue queue =
        new PollQueue(
            task -> {
              if (refusals.getAndDecrement() > 0) {
                throw new RejectedExecutionException();
              }
              threads.execute(task);
            },
            MOST);
    for (int i = 0; i < MOST * 2; i++) {
      assertThatThrownBy(() -> queue.poll(() -> null))
          .isInstanceOf(RejectedExecutionException.class);
    }
    assertRoomForAll(queue);
  }
}
