package ru.elumenta.micrometer;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.event.JobEnd;
import ru.elumenta.client.event.JobInfo;
import ru.elumenta.client.event.StreamEnd;
import ru.elumenta.client.event.StreamInfo;
import ru.elumenta.error.RateLimits;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/**
 * Shows how things stand: of the account, of breakers, of what is waited for and read. The gauges
 * hold it weakly, so they end with the client. Thread-safe.
 */
final class StateMeters implements CallListener {
  private static final int MOST_BREAKERS = 1000;

  private final MeterFactory meters;
  private final ModelNames models;
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicInteger streams = new AtomicInteger();
  private final Set<String> openModels = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> breakers = new ConcurrentHashMap<>(); // by shown name
  private volatile @Nullable RateLimits limits;

  StateMeters(MeterFactory meters, ModelNames models) {
    this.meters = meters;
    this.models = models;
    meters.gauge(ElumentaMeters.WAITING_JOBS, this, state -> state.jobs.get());
    meters.gauge(ElumentaMeters.OPEN_STREAMS, this, state -> state.streams.get());
    window("hour", RateLimits::hour);
    window("day", RateLimits::day);
  }

  private void window(String name, Function<RateLimits, RateLimits.Window> window) {
    LowCardinality key = LowCardinality.WINDOW;
    meters.gauge(
        ElumentaMeters.REQUESTS_LEFT,
        key,
        name,
        this,
        state -> state.said(window.andThen(RateLimits.Window::remaining)));
    meters.gauge(
        ElumentaMeters.REQUESTS_ALLOWED,
        key,
        name,
        this,
        state -> state.said(window.andThen(RateLimits.Window::limit)));
  }

  private double said(Function<RateLimits, OptionalLong> part) {
    return Optional.ofNullable(limits)
        .map(part)
        .filter(OptionalLong::isPresent)
        .map(known -> (double) known.getAsLong())
        .orElse(Double.NaN);
  }

  @Override
  public void rateLimits(RateLimits said) {
    limits = said;
  }

  @Override
  public void breakerOpened(String model, Duration pause) {
    String shown = models.of(Optional.of(model));
    meters.counter(ElumentaMeters.BREAKER_OPENED, LowCardinality.MODEL, shown).increment();
    if (openModels.size() < MOST_BREAKERS && openModels.add(model)) {
      open(shown).incrementAndGet();
    }
  }

  @Override
  public void breakerClosed(String model) {
    if (openModels.remove(model)) {
      open(models.of(Optional.of(model))).decrementAndGet();
    }
  }

  private AtomicInteger open(String shown) {
    return breakers.computeIfAbsent(
        shown,
        name -> {
          AtomicInteger open = new AtomicInteger();
          meters.gauge(
              ElumentaMeters.BREAKER_OPEN, LowCardinality.MODEL, name, open, AtomicInteger::get);
          return open;
        });
  }

  @Override
  public void jobStarted(JobInfo job) {
    jobs.incrementAndGet();
  }

  @Override
  public void jobEnded(JobInfo job, JobEnd end) {
    jobs.decrementAndGet();
  }

  @Override
  public void streamOpened(StreamInfo stream, Duration took) {
    streams.incrementAndGet();
  }

  @Override
  public void streamEnded(StreamInfo stream, StreamEnd end) {
    if (end.outcome() != StreamEnd.Outcome.NOT_OPENED) {
      streams.decrementAndGet();
    }
  }
}
