package ru.elumenta.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import ru.elumenta.micrometer.ElumentaKeys.LowCardinality;

/** Makes the meters of one client. Thread-safe. */
final class MeterFactory {
  private final MeterRegistry registry;
  private final Tag client;

  MeterFactory(MeterRegistry registry, String client) {
    this.registry = registry;
    this.client = Tag.of(LowCardinality.CLIENT.asString(), client);
  }

  private Tags tags(String... further) {
    return Tags.of(client).and(further);
  }

  private static String key(LowCardinality key) {
    return key.asString();
  }

  Counter counter(ElumentaMeters meter) {
    return counter(meter, tags());
  }

  Counter counter(ElumentaMeters meter, LowCardinality key, String value) {
    return counter(meter, tags(key(key), value));
  }

  Counter counter(
      ElumentaMeters meter, LowCardinality key, String value, LowCardinality key2, String value2) {
    return counter(meter, tags(key(key), value, key(key2), value2));
  }

  Counter counter(
      ElumentaMeters meter,
      LowCardinality key,
      String value,
      LowCardinality key2,
      String value2,
      LowCardinality key3,
      String value3) {
    return counter(meter, tags(key(key), value, key(key2), value2, key(key3), value3));
  }

  private Counter counter(ElumentaMeters meter, Tags tags) {
    return Counter.builder(meter.getName())
        .description(meter.description())
        .baseUnit(meter.getBaseUnit())
        .tags(tags)
        .register(registry);
  }

  /** Makes a gauge of what is held elsewhere; in place of that of an earlier client of the name. */
  <T> void gauge(
      ElumentaMeters meter, LowCardinality key, String value, T held, ToDoubleFunction<T> read) {
    gauge(meter, tags(key(key), value), held, read);
  }

  <T> void gauge(ElumentaMeters meter, T held, ToDoubleFunction<T> read) {
    gauge(meter, tags(), held, read);
  }

  private <T> void gauge(ElumentaMeters meter, Tags tags, T held, ToDoubleFunction<T> read) {
    registry.find(meter.getName()).tags(tags).gauges().forEach(registry::remove);
    Gauge.builder(meter.getName(), held, read)
        .description(meter.description())
        .baseUnit(meter.getBaseUnit())
        .tags(tags)
        .register(registry);
  }

  /** Makes a timer of a generation. */
  void record(ElumentaMeters meter, String operation, String model, Duration took, Tags further) {
    Timer.builder(meter.getName())
        .description(meter.description())
        .serviceLevelObjectives(Boundaries.of(meter))
        .tags(
            tags(
                    key(LowCardinality.GEN_AI_OPERATION),
                    operation,
                    key(LowCardinality.GEN_AI_PROVIDER),
                    GenAi.PROVIDER,
                    key(LowCardinality.GEN_AI_MODEL),
                    model)
                .and(further))
        .register(registry)
        .record(took);
  }

  /** Returns a moment of the registry's clock. */
  long nanoTime() {
    return registry.config().clock().monotonicTime();
  }

  Duration since(long nanoTime) {
    return Duration.ofNanos(nanoTime() - nanoTime);
  }
}
