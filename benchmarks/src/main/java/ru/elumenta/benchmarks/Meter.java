package ru.elumenta.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Makes calls and measures what they take of this process. */
final class Meter {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Method TOTAL = total();

  private final Subject subject;

  Meter(Subject subject) {
    this.subject = subject;
  }

  /** Calls from this thread until the process has used so much of the processors. */
  Sample warm(long nanos) throws Exception {
    long begin = SYSTEM.getProcessCpuTime();
    long calls = 0;
    while (SYSTEM.getProcessCpuTime() - begin < nanos) {
      subject.call();
      calls++;
    }
    return new Sample(calls, nanos, 0, 0, 0);
  }

  /** Makes calls from this thread. */
  Sample run(long calls) throws Exception {
    long switches = switches();
    long bytes = allocated();
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    for (long i = 0; i < calls; i++) {
      subject.call();
    }
    long wall = System.nanoTime() - begin;
    cpu = SYSTEM.getProcessCpuTime() - cpu;
    return new Sample(calls, cpu, wall, allocated() - bytes, sinceThen(switches));
  }

  /** Makes calls from a number of threads that live for as long. */
  Sample run(long calls, int callers, boolean isVirtual) throws Exception {
    AtomicLong left = new AtomicLong(calls);
    AtomicLong ofCallers = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicLong failed = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(callers);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      threads.add(
          started(
              isVirtual,
              () -> {
                try {
                  ready.countDown();
                  start.await();
                  long before = TOTAL == null ? THREADS.getCurrentThreadAllocatedBytes() : 0;
                  while (left.getAndDecrement() > 0) {
                    tolerantly(failed, calls);
                  }
                  ofCallers.addAndGet(
                      TOTAL == null ? THREADS.getCurrentThreadAllocatedBytes() - before : 0);
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                }
              }));
    }
    ready.await();
    long bytes = allocated();
    long cpu = SYSTEM.getProcessCpuTime();
    long begin = System.nanoTime();
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    long wall = System.nanoTime() - begin;
    cpu = SYSTEM.getProcessCpuTime() - cpu;
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
    return new Sample(calls, cpu, wall, allocated() - bytes + ofCallers.get(), 0);
  }

  /** A peer may lose a connection among thousands of calls, which is not what is measured. */
  private void tolerantly(AtomicLong failed, long calls) throws Exception {
    try {
      subject.call();
    } catch (IOException e) {
      if (failed.incrementAndGet() > Math.max(1, calls / 1_000)) {
        throw e;
      }
      System.err.println("One call failed: " + e);
    }
  }

  private static Thread started(boolean isVirtual, Runnable work) throws Exception {
    if (isVirtual) {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    }
    Thread thread = new Thread(work);
    thread.start();
    return thread;
  }

  /** By all threads, those that have ended included if the JDK counts them. */
  static long allocated() throws Exception {
    if (TOTAL != null) {
      return (long) TOTAL.invoke(THREADS);
    }
    return LongStream.of(THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds()))
        .filter(bytes -> bytes > 0)
        .sum();
  }

  private static Method total() {
    try {
      return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes"); // from 21 on
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  static long switches() throws IOException {
    Path tasks = Path.of("/proc/self/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    long sum = 0;
    try (Stream<Path> each = Files.list(tasks)) {
      for (Path task : each.toList()) {
        sum += switches(task.resolve("status"));
      }
    }
    return sum;
  }

  /** Of threads that have ended meanwhile nothing is known. */
  private static long sinceThen(long switches) throws IOException {
    return Math.max(0, switches() - switches);
  }

  private static long switches(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("voluntary_ctxt_switches"))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
          .sum();
    } catch (IOException e) {
      return 0; // it has ended
    }
  }
}
