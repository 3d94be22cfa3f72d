package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.contract.ElumentaSimulator;

/** A simulated service, a client of it, and all that its meters and spans say. */
final class Watched implements AutoCloseable {
  private static final Set<String> DIFFERENT_EACH_TIME =
      Set.of("server.port", "gen_ai.response.id", "elumenta.request_id", "elumenta.waited_ms");

  final ElumentaSimulator service;
  final MeterRegistry meters;
  final ObservationRegistry observations = ObservationRegistry.create();
  final SimpleTracer tracer = new SimpleTracer();

  Watched() {
    this(ElumentaSimulator.start());
  }

  Watched(ElumentaSimulator service) {
    this(service, new SimpleMeterRegistry());
  }

  Watched(ElumentaSimulator service, MeterRegistry meters) {
    this.service = service;
    this.meters = meters;
    observations
        .observationConfig()
        .observationHandler(new DefaultMeterObservationHandler(meters))
        .observationHandler(
            new FirstMatchingCompositeObservationHandler(
                new PropagatingSenderTracingObservationHandler<>(tracer, new TraceParent()),
                new DefaultTracingObservationHandler(tracer)));
  }

  /** Writes {@code traceparent} as the W3C says. */
  private static final class TraceParent implements Propagator {
    @Override
    public List<String> fields() {
      return List.of("traceparent");
    }

    @Override
    public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
      setter.set(
          carrier, "traceparent", "00-" + context.traceId() + "-" + context.spanId() + "-01");
    }

    @Override
    public <C> Span.Builder extract(C carrier, Getter<C> getter) {
      throw new UnsupportedOperationException("Nobody calls this application.");
    }
  }

  ElumentaTelemetry.Builder telemetry() {
    return ElumentaTelemetry.builder().meters(meters).observations(observations);
  }

  ElumentaClientBuilder client() {
    return telemetry().build().instrument(service.client());
  }

  List<SimpleSpan> spans() {
    return List.copyOf(tracer.getSpans());
  }

  /** Tracers of Boot 3.5 write {@code get-balance}. */
  private static String name(SimpleSpan span) {
    String name = span.getName();
    return name.contains(" ")
        ? name
        : Pattern.compile("-([a-z])")
            .matcher(name)
            .replaceAll(hyphen -> hyphen.group(1).toUpperCase(Locale.ROOT));
  }

  boolean haveAllEnded() {
    return spans().stream().allMatch(Watched::hasEnded);
  }

  private static boolean hasEnded(SimpleSpan span) {
    return span.getEndTimestamp().isAfter(Instant.EPOCH);
  }

  /** All spans, each below its parent, in the order of their beginnings, without attributes. */
  String spanNames() {
    return tree(false);
  }

  /** The same with all attributes that are not none. */
  String spanTree() {
    return tree(true);
  }

  private String tree(boolean hasTags) {
    List<SimpleSpan> spans = spans();
    Set<String> ids = spans.stream().map(SimpleSpan::getSpanId).collect(Collectors.toSet());
    StringBuilder tree = new StringBuilder();
    spans.stream()
        .filter(span -> !ids.contains(span.getParentId()))
        .forEach(root -> write(root, "", spans, hasTags, tree));
    return tree.toString();
  }

  private static void write(
      SimpleSpan span, String indent, List<SimpleSpan> all, boolean hasTags, StringBuilder tree) {
    assertThat(hasEnded(span)).as(span.getName() + " has ended").isTrue();
    tree.append(indent).append(name(span));
    if (span.getError() != null) {
      tree.append(" !").append(span.getError().getClass().getSimpleName());
    }
    tree.append('\n');
    if (hasTags) {
      Map<String, String> tags = new TreeMap<>(span.getTags());
      tags.remove("elumenta.client");
      tags.values().removeIf("none"::equals);
      tags.forEach(
          (key, value) ->
              tree.append(indent)
                  .append("  · ")
                  .append(key)
                  .append(DIFFERENT_EACH_TIME.contains(key) ? "" : "=" + value)
                  .append('\n'));
    }
    all.stream()
        .filter(child -> child.getParentId().equals(span.getSpanId()))
        .forEach(child -> write(child, indent + "  ", all, hasTags, tree));
  }

  /** All meters that are not 0, with their tags and counts or values. */
  String meterLines() {
    List<String> lines = new ArrayList<>();
    for (Meter meter : meters.getMeters()) {
      double value = value(meter);
      if (meter.getId().getName().endsWith(".histogram")) {
        continue; // of this registry alone: the boundaries of a timer as gauges
      }
      if (value != 0 && !Double.isNaN(value)) {
        lines.add(line(meter, value));
      }
    }
    lines.removeIf(line -> line.startsWith("elumenta.requests.")); // the account, with each answer
    lines.sort(Comparator.naturalOrder());
    return String.join("\n", lines) + "\n";
  }

  private static String line(Meter meter, double value) {
    String tags =
        StreamSupport.stream(meter.getId().getTagsAsIterable().spliterator(), false)
            .filter(tag -> !DIFFERENT_EACH_TIME.contains(tag.getKey()))
            .filter(tag -> !tag.getKey().equals("elumenta.client"))
            .filter(tag -> !tag.getValue().equals("none"))
            .map(Tag::getValue)
            .collect(Collectors.joining(", "));
    return "%s {%s} %.0f".formatted(meter.getId().getName(), tags, value);
  }

  private static double value(Meter meter) {
    return meter.match(
        Gauge::value,
        Counter::count,
        timer -> (double) timer.count(),
        summary -> (double) summary.count(),
        task -> (double) task.activeTasks(),
        Gauge::value,
        FunctionCounter::count,
        FunctionTimer::count,
        other -> Double.NaN);
  }

  /** The value of an attribute that one span has. */
  String tag(String key) {
    return spans().stream()
        .map(span -> span.getTags().get(key))
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }

  double count(String name, String... tags) {
    return meters.find(name).tags(tags).meters().stream().mapToDouble(Watched::value).sum();
  }

  @Override
  public void close() {
    service.close();
    assertThat(service.findings()).isEmpty();
    assertThat(observations.getCurrentObservationScope()).as("nothing is left open").isNull();
  }
}
