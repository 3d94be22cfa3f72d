package ru.elumenta.client.internal.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import ru.elumenta.client.internal.call.CallerContext;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.options.ContextPropagation.Captured;

/**
 * One subscriber's stream. It is opened, and paid for, when the first event is wanted. While events
 * are wanted a thread reads and signals them; while none are, there is no thread, and the service
 * is held back. Thread-safe.
 *
 * <p>Who raises {@link #work} from zero has the subscriber, the source and what is not volatile to
 * itself until it is zero again; all others only leave word. So signals come one after the other.
 */
public final class EventSubscription<T> implements Flow.Subscription {
  /**
   * What the client does for a subscription.
   *
   * @param owner whose closing ends it
   * @param starter opens a stream on another thread; whoever cancels the future interrupts it
   * @param given where the application wants its code to run; null for the threads' own
   * @param hasAlarm whether the time of the stream is that of the timer
   */
  public record Means(
      Object owner, StreamThreads threads, Starter starter, Executor given, boolean hasAlarm) {}

  /** Begins a call that blocks. */
  public interface Starter {
    <R> CompletableFuture<R> start(Supplier<R> call, Captured context);
  }

  private final Means means;
  private final Captured context;
  private final Supplier<? extends EventSource<T>> opening;
  private final AtomicInteger work = new AtomicInteger(1); // onSubscribe comes first
  private final AtomicLong wanted = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private volatile boolean isCancelled;
  private volatile boolean isClosing;
  private volatile EventSource<T> source; // null before it is open
  private volatile Future<?> call; // that opens it
  private Flow.Subscriber<? super T> subscriber; // null once all is over
  private boolean isBegun;
  private Future<?> alarm; // null unless time is limited

  /**
   * Creates it; nothing is sent.
   *
   * @param opening sends the request and waits for the first event
   */
  public EventSubscription(
      Flow.Subscriber<? super T> subscriber,
      Supplier<? extends EventSource<T>> opening,
      Captured context,
      Means means) {
    this.subscriber = subscriber;
    this.opening = opening;
    this.context = context;
    this.means = means;
  }

  /** Hands itself to the subscriber; signals follow when that has returned. */
  void begin() {
    try {
      subscriber.onSubscribe(this);
    } catch (Throwable e) {
      isCancelled = true;
      thrown(e);
    }
    if (work.decrementAndGet() > 0) {
      go();
    } else if (isCancelled) {
      wake();
    }
  }

  boolean isOf(Object someone) {
    return means.owner == someone;
  }

  @Override
  public void request(long count) {
    if (count <= 0) {
      failure.compareAndSet(
          null,
          new IllegalArgumentException(
              "A subscriber must ask for at least one event (rule 3.9 of reactive streams), but"
                  + " asked for "
                  + count
                  + "."));
      stop();
    } else {
      wanted.accumulateAndGet(count, (now, more) -> now + more < 0 ? Long.MAX_VALUE : now + more);
    }
    wake();
  }

  @Override
  public void cancel() {
    isCancelled = true;
    stop();
    wake();
  }

  /** Its client is closed: the subscriber is told, whether it wants something or not. */
  void endedByClosing() {
    isClosing = true;
    wake();
  }

  private boolean isStopped() {
    return isCancelled || failure.get() != null;
  }

  /** Frees whoever opens or reads. */
  private void stop() {
    EventSource<T> open = source;
    Future<?> beginning = call;
    if (open != null) {
      open.close();
    } else if (beginning != null) {
      beginning.cancel(true);
    }
  }

  private void wake() {
    if (work.getAndIncrement() == 0) {
      go();
    }
  }

  /** Begins to work off what there is. */
  private void go() {
    if (isStopped()) {
      workOff(); // there is nothing to wait for
    } else if (source == null && !isBegun && wanted.get() > 0) {
      isBegun = true;
      open();
    } else {
      elsewhere();
    }
  }

  private void open() {
    means.threads.opens(this);
    CompletableFuture<Void> beginning;
    try {
      beginning = means.starter.start(this::opened, context);
    } catch (RejectedExecutionException e) {
      failure.compareAndSet(null, e);
      workOff();
      return;
    }
    call = beginning;
    if (isStopped()) {
      stop();
    }
    beginning.whenComplete(
        (nothing, thrown) -> {
          if (thrown != null) {
            failure.compareAndSet(null, thrown);
          }
          elsewhere();
        });
  }

  private Void opened() {
    if (!isStopped()) {
      EventSource<T> open = opening.get();
      source = open;
      if (isStopped()) {
        open.close();
      }
    }
    return null;
  }

  /** On a thread that nobody interrupts, or that the application has given. */
  private void elsewhere() {
    Runnable task = () -> CallerContext.within(context, this::workOff);
    if (means.given == null) {
      means.threads.run(task);
      return;
    }
    try {
      means.given.execute(task);
    } catch (RejectedExecutionException e) {
      failure.compareAndSet(null, e);
      workOff();
    }
  }

  private Void workOff() {
    int seen = work.get();
    do {
      signalWhatIsWanted();
      seen = work.addAndGet(-seen);
    } while (seen > 0);
    return null;
  }

  private void signalWhatIsWanted() {
    while (subscriber != null) {
      if (isCancelled) {
        over();
        return;
      }
      if (failure.get() != null) {
        fail(failure.get());
        return;
      }
      EventSource<T> open = source;
      if (open == null) {
        return; // nothing was wanted yet
      }
      if (isClosing || means.threads.isClosed()) {
        open.endByClosing();
      } else if (wanted.get() == 0 && !open.isAtEnd() && hasTime(open)) {
        return;
      }
      next(open);
    }
  }

  /** Whether it may stay open although nothing is wanted of it. */
  private boolean hasTime(EventSource<T> open) {
    if (!open.left().isNegative() && !open.left().isZero()) {
      if (means.hasAlarm && (alarm == null || alarm.isDone())) {
        alarm = means.threads.after(open.left(), this::wake);
      }
      return true;
    }
    open.endAtLimit();
    return false;
  }

  private void next(EventSource<T> open) {
    T event;
    try {
      event = open.next();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
      return;
    }
    if (isStopped()) {
      return;
    }
    Flow.Subscriber<? super T> told = subscriber;
    if (event == null) {
      over();
      signal(told::onComplete);
      return;
    }
    wanted.updateAndGet(now -> now == Long.MAX_VALUE ? now : now - 1);
    signal(() -> told.onNext(event));
  }

  private void fail(Throwable why) {
    Flow.Subscriber<? super T> told = subscriber;
    over();
    signal(() -> told.onError(why));
  }

  /** What a subscriber throws ends its subscription, as the rules have it; it is told no more. */
  private void signal(Runnable signal) {
    try {
      signal.run();
    } catch (Throwable e) {
      isCancelled = true;
      thrown(e);
    }
  }

  private static void thrown(Throwable e) {
    Listeners.warn("The subscriber of a stream has thrown. The stream was closed.", e);
  }

  private void over() {
    subscriber = null;
    means.threads.forget(this);
    if (alarm != null) {
      alarm.cancel(false);
    }
    if (source != null) {
      source.close();
    }
  }
}
