package ru.elumenta.micrometer;

import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import io.micrometer.context.integration.Slf4jThreadLocalAccessor;
import ru.elumenta.client.options.ContextPropagation;

/**
 * Takes along what the application keeps for its threads: all that has an accessor in the global
 * {@link ContextRegistry}, such as the current observation, and the MDC if there is SLF4J.
 */
final class ThreadContext implements ContextPropagation {
  private final ContextSnapshotFactory snapshots;

  private ThreadContext(ContextSnapshotFactory snapshots) {
    this.snapshots = snapshots;
  }

  static ThreadContext ofAll() {
    return new ThreadContext(ContextSnapshotFactory.builder().build());
  }

  /** The MDC alone, for which applications seldom have an accessor. */
  static ThreadContext ofMdc() {
    ContextRegistry mdc =
        new ContextRegistry().registerThreadLocalAccessor(new Slf4jThreadLocalAccessor());
    return new ThreadContext(ContextSnapshotFactory.builder().contextRegistry(mdc).build());
  }

  static boolean hasMdc() {
    try {
      Class.forName("org.slf4j.MDC", false, ThreadContext.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Override
  public Captured capture() {
    ContextSnapshot snapshot = snapshots.captureAll();
    return () -> {
      ContextSnapshot.Scope scope = snapshot.setThreadLocals();
      return scope::close;
    };
  }
}
