package ru.elumenta.client.internal.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import ru.elumenta.client.options.ContextPropagation;
import ru.elumenta.client.options.ContextPropagation.Captured;
import ru.elumenta.client.options.ContextPropagation.Scope;

/**
 * Takes the caller's context to other threads, by all that the application has named for it; later
 * ones within earlier ones. Thread-safe.
 */
public final class CallerContext {
  private static final Captured NOTHING = () -> () -> {};

  private final List<ContextPropagation> propagations;
  private final AtomicBoolean isWarned = new AtomicBoolean();

  /** Creates it. */
  public CallerContext(List<ContextPropagation> propagations) {
    this.propagations = List.copyOf(propagations);
  }

  /** Returns what the calling thread has; never throws, nor does what it returns. */
  public Captured capture() {
    if (propagations.isEmpty()) {
      return NOTHING;
    }
    List<Captured> captured = new ArrayList<>();
    for (ContextPropagation each : propagations) {
      try {
        captured.add(each.capture());
      } catch (RuntimeException | Error e) {
        warn(e);
      }
    }
    return () -> restore(captured);
  }

  /** Does something with a context. */
  public static <T> T within(Captured context, Supplier<T> work) {
    Scope scope = context.restore();
    try {
      return work.get();
    } finally {
      scope.close();
    }
  }

  private Scope restore(List<Captured> captured) {
    List<Scope> open = new ArrayList<>();
    for (Captured each : captured) {
      try {
        open.add(0, each.restore());
      } catch (RuntimeException | Error e) {
        warn(e);
      }
    }
    return () -> open.forEach(this::close);
  }

  private void close(Scope scope) {
    try {
      scope.close();
    } catch (RuntimeException | Error e) {
      warn(e);
    }
  }

  private void warn(Throwable e) {
    if (isWarned.compareAndSet(false, true)) {
      Listeners.warn("The propagation of a context has thrown; work went on. Said once.", e);
    }
  }
}
