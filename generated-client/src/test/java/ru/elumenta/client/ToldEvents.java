package ru.elumenta.client;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import ru.elumenta.client.event.AttemptReport;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.Charge;
import ru.elumenta.client.event.DownloadEnd;
import ru.elumenta.client.event.DownloadInfo;
import ru.elumenta.client.event.GenerationEnd;
import ru.elumenta.client.event.HeldBack;
import ru.elumenta.client.event.JobEnd;
import ru.elumenta.client.event.JobInfo;
import ru.elumenta.client.event.JobProgress;
import ru.elumenta.client.event.LookUpEnd;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.client.event.StreamInfo;
import ru.elumenta.error.RateLimits;

/** Writes down everything that a listener is told, each as a line, in its order. */
public final class ToldEvents {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  /** Returns a listener that is told. */
  public CallListener listener() {
    return (CallListener)
        Proxy.newProxyInstance(
            CallListener.class.getClassLoader(),
            new Class<?>[] {CallListener.class},
            (proxy, method, arguments) -> {
              lines.add(
                  method.getName()
                      + Arrays.stream(arguments)
                          .map(ToldEvents::shown)
                          .filter(shown -> !shown.isEmpty())
                          .map(shown -> " " + shown)
                          .collect(Collectors.joining()));
              return null;
            });
  }

  /** Returns the lines so far. */
  public List<String> lines() {
    return lines;
  }

  /** Returns those lines that begin with one of the words. */
  public List<String> of(String... events) {
    return lines.stream()
        .filter(line -> Arrays.asList(events).contains(line.split(" ", 2)[0]))
        .toList();
  }

  private static String shown(Object value) {
    if (value instanceof CallInfo call) {
      return call.operation();
    }
    if (value instanceof CallEnd end) {
      return end.outcome() + " " + end.attempts() + "x" + failure(end.failure());
    }
    if (value instanceof AttemptReport report) {
      return report.attempt()
          + " "
          + (report.status().isPresent() ? report.status().getAsInt() : "-");
    }
    if (value instanceof HeldBack wait) {
      return wait.reason().toString();
    }
    if (value instanceof LookUpEnd end) {
      return end.finding().toString();
    }
    if (value instanceof GenerationEnd end) {
      return named(end.id())
          + " "
          + named(end.model())
          + end.failure().map(r -> " " + r).orElse("");
    }
    if (value instanceof Charge charge) {
      return named(charge.id()) + " " + named(charge.model()) + " " + charge.tokens();
    }
    if (value instanceof JobInfo job) {
      return job.id() + " " + named(job.model());
    }
    if (value instanceof JobEnd end) {
      return end.outcome() + " " + end.polls() + "x" + failure(end.failure());
    }
    if (value instanceof StreamInfo stream) {
      return stream.path() + " " + named(stream.model());
    }
    if (value instanceof StreamEnd end) {
      return end.outcome() + " " + end.events() + "x" + failure(end.failure());
    }
    if (value instanceof DownloadInfo download) {
      return download.host();
    }
    if (value instanceof DownloadEnd end) {
      return end.bytes() + " bytes " + end.requests() + "x" + failure(end.failure());
    }
    if (value instanceof RateLimits limits) {
      return "hour " + limits.hour().remaining().orElse(-1);
    }
    if (value instanceof Optional<?> progress) {
      return progress.map(each -> ((JobProgress) each).status().value()).orElse("-");
    }
    if (value instanceof Duration || value instanceof Collection<?>) {
      return ""; // asserted where it matters
    }
    return value instanceof Throwable e ? e.getClass().getSimpleName() : value.toString();
  }

  private static String named(Optional<?> value) {
    return value.map(Object::toString).orElse("-");
  }

  private static String failure(Optional<Throwable> failure) {
    return failure.map(e -> " " + e.getClass().getSimpleName()).orElse("");
  }
}
