package ru.elumenta.client.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.ErrorContext;

/** Many that want one price, and a service that takes its time. */
@Timeout(60)
class PriceListTest {
  private static final int MANY = 16;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch isAsked = new CountDownLatch(1);
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private volatile Callable<OptionalLong> answer = () -> OptionalLong.of(5);
  private final PriceList prices = new PriceList(service());

  @AfterEach
  void stop() {
    mayAnswer.countDown();
    threads.shutdownNow();
  }

  /** Answers for the model {@code slow} when it may, for others at once. */
  private ElumentaCalls service() {
    return (ElumentaCalls)
        Proxy.newProxyInstance(
            ElumentaCalls.class.getClassLoader(),
            new Class<?>[] {ElumentaCalls.class},
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("highestPrice");
              if (!((GenerationRequest) arguments[0]).getModel().equals("slow")) {
                return OptionalLong.of(1);
              }
              requests.incrementAndGet();
              isAsked.countDown();
              try {
                mayAnswer.await();
              } catch (InterruptedException e) {
                throw new CallInterruptedException(
                    ErrorContext.builder("POST", "/price").build(), "while it waited", e);
              }
              return answer.call();
            });
  }

  private OptionalLong price(String model) throws InterruptedException {
    GenerationRequest request = new GenerationRequest().model(model).prompt("x");
    return prices.of(request, model);
  }

  /** Waits until as many threads wait for an answer, or for who asked for it. */
  private List<Future<OptionalLong>> manyWait() throws InterruptedException {
    List<Thread> waiting = new ArrayList<>();
    List<Future<OptionalLong>> all = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      CountDownLatch runs = new CountDownLatch(1);
      all.add(
          threads.submit(
              () -> {
                synchronized (waiting) {
                  waiting.add(Thread.currentThread());
                }
                runs.countDown();
                return price("slow");
              }));
      runs.await();
    }
    for (Thread each : waiting) {
      while (each.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    return all;
  }

  @Test
  void oneAsksForAllAndOthersAreNotHeldUp() throws Exception {
    List<Future<OptionalLong>> all = manyWait();
    for (int other = 0; other < 1000; other++) { // of which some would share a bin of the map
      assertThat(price("model-" + other)).hasValue(1);
    }
    assertThat(all).noneMatch(Future::isDone);
    mayAnswer.countDown();

    for (Future<OptionalLong> each : all) {
      assertThat(each.get()).hasValue(5);
    }
    assertThat(price("slow")).hasValue(5);
    assertThat(requests).hasValue(1);
  }

  @Test
  void whoWaitsCanBeInterruptedWhileAnotherAsks() throws Exception {
    Future<OptionalLong> asking = threads.submit(() -> price("slow"));
    isAsked.await();
    Future<?> waiting =
        threads.submit(
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(() -> price("slow")).isInstanceOf(InterruptedException.class);
            });
    waiting.get(20, TimeUnit.SECONDS);
    assertThat(asking).isNotDone();

    mayAnswer.countDown();
    assertThat(asking.get()).hasValue(5);
    assertThat(requests).hasValue(1);
  }

  @Test
  void aFailureIsThatOfAllWhoWaitedAndIsNotKept() throws Exception {
    answer =
        () -> {
          throw new IllegalStateException("no price today");
        };
    List<Future<OptionalLong>> all = manyWait();
    mayAnswer.countDown();
    for (Future<OptionalLong> each : all) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("no price today");
    }
    assertThat(requests).hasValue(1);

    answer = () -> OptionalLong.of(7);
    assertThat(price("slow")).hasValue(7);
    assertThat(requests).hasValue(2);
  }

  @Test
  void anInterruptOfWhoAsksIsNobodyElses() throws Exception {
    Future<OptionalLong> asking = threads.submit(() -> price("slow"));
    isAsked.await();
    List<Future<OptionalLong>> all = manyWait();
    asking.cancel(true);
    mayAnswer.countDown();

    for (Future<OptionalLong> each : all) {
      assertThat(each.get()).hasValue(5);
    }
    assertThat(requests).hasValue(2);
  }
}
