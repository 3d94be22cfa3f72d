package ru.elumenta.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.event.CallListener;

/**
 * Metrics and traces of one client.
 *
 * <pre>{@code
 * ElumentaTelemetry telemetry = ElumentaTelemetry.builder().meters(meterRegistry).build();
 * ElumentaClient elumenta =
 *     telemetry.instrument(ElumentaClient.builder().apiKey(key)).build();
 * }</pre>
 *
 * <p>Observed are calls, their attempts and look-ups, waits for jobs, streams and downloads, as
 * {@link ElumentaObservations} says; counted and shown is what {@link ElumentaMeters} says. With a
 * tracer behind the observations, each attempt is sent with its headers, such as {@code
 * traceparent}. What the application keeps for its threads, the current observation and the MDC
 * among it, follows to the threads that work for it.
 *
 * <p>Neither prompts nor results, keys or addresses of files are part of any of it.
 *
 * <p>Immutable and thread-safe. One is for one client of one name: of two, the gauges show one.
 */
public final class ElumentaTelemetry {
  private final List<CallListener> listeners;
  private final @Nullable CallObservations calls;
  private final boolean propagatesContext;

  private ElumentaTelemetry(Builder builder) {
    ModelNames models = new ModelNames(builder.mostModels, builder.models);
    List<CallListener> told = new ArrayList<>(List.of(models)); // it learns before others ask it
    MeterRegistry registry = builder.meters;
    if (registry != null) {
      MeterFactory meters = new MeterFactory(registry, builder.client);
      told.add(new CallMeters(meters, models));
      told.add(new GenerationMeters(meters, models));
      told.add(new StateMeters(meters, models));
    }
    ObservationRegistry observations = builder.observations();
    if (observations == null) {
      calls = null;
    } else {
      ObservationStart start =
          new ObservationStart(observations, builder.client, List.copyOf(builder.conventions));
      Creations creations = new Creations();
      calls = new CallObservations(start, models, creations);
      told.add(calls);
      told.add(new TaskObservations(start, models, creations));
    }
    this.listeners = List.copyOf(told);
    this.propagatesContext = builder.propagatesContext;
  }

  /** Returns a builder, which needs a registry of meters, of observations, or both. */
  public static Builder builder() {
    return new Builder();
  }

  /** Adds itself to a builder of clients, and returns that. Call it once. */
  public ElumentaClientBuilder instrument(ElumentaClientBuilder client) {
    listeners.forEach(client::listener);
    if (calls != null) {
      client.attemptHeaders(calls);
    }
    if (propagatesContext && hasContextPropagation()) {
      if (ThreadContext.hasMdc()) {
        client.contextPropagation(ThreadContext.ofMdc());
      }
      client.contextPropagation(ThreadContext.ofAll()); // a tracer's entries of the MDC come last
    }
    return client;
  }

  /** Some ways of packing leave it out, because Micrometer itself can do without. */
  private static boolean hasContextPropagation() {
    try {
      ClassLoader loader = ElumentaTelemetry.class.getClassLoader();
      Class.forName("io.micrometer.context.ThreadLocalAccessor", false, loader);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  List<CallListener> listeners() {
    return listeners;
  }

  /**
   * Returns a filter that gives the timers of observations histograms, with boundaries that fit:
   * requests to three minutes, all else to half an hour, because videos take minutes. For a
   * registry that has no meters yet. {@link ElumentaMeters#GENERATION_DURATION} and {@link
   * ElumentaMeters#TIME_TO_FIRST_EVENT} have histograms without it.
   */
  public static MeterFilter histograms() {
    Map<String, ElumentaObservations> observations =
        Arrays.stream(ElumentaObservations.values())
            .collect(Collectors.toMap(ElumentaObservations::getName, Function.identity()));
    return new MeterFilter() {
      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig configured) {
        ElumentaObservations observation = observations.get(id.getName());
        if (observation == null || id.getType() != Meter.Type.TIMER) {
          return configured;
        }
        return DistributionStatisticConfig.builder()
            .serviceLevelObjectives(
                Arrays.stream(Boundaries.of(observation)).mapToDouble(Duration::toNanos).toArray())
            .build()
            .merge(configured);
      }
    };
  }

  /** Configures an {@link ElumentaTelemetry}. Not thread-safe. */
  public static final class Builder {
    private static final int MOST_MODELS = 100;

    private @Nullable MeterRegistry meters;
    private @Nullable ObservationRegistry given;
    private String client = "default";
    private final Set<String> models = new TreeSet<>();
    private int mostModels = MOST_MODELS;
    private final List<ObservationConvention<?>> conventions = new ArrayList<>();
    private boolean propagatesContext = true;

    private Builder() {}

    /**
     * Sets where meters are registered. Default nowhere. Without {@link #observations} the timers
     * of observations are registered here too.
     */
    public Builder meters(MeterRegistry registry) {
      this.meters = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /**
     * Sets where observations are made. Default a registry of its own, with timers and no tracer.
     * One that is given has the handlers of the application, for timers too.
     */
    public Builder observations(ObservationRegistry registry) {
      this.given = Objects.requireNonNull(registry, "registry");
      return this;
    }

    /** Sets the name of the client, which is on all meters. Default {@code default}. */
    public Builder client(String name) {
      this.client = requireText("The name of a client", name);
      return this;
    }

    /**
     * Names models that metrics show by their names from the beginning. Any other is {@code other}
     * until the service has answered for it, because names may come from whoever calls the
     * application, and each is a time series more.
     */
    public Builder models(Collection<String> slugs) {
      slugs.forEach(slug -> models.add(requireText("The slug of a model", slug)));
      return this;
    }

    /**
     * Sets how many models have names of their own in metrics. Default 100; the service has about
     * 50.
     *
     * @param number 0 or more
     */
    public Builder maxModels(int number) {
      if (number < 0) {
        throw new IllegalArgumentException("maxModels must be 0 or more.");
      }
      this.mostModels = number;
      return this;
    }

    /**
     * Replaces the convention of those observations whose context it supports, for example by a
     * subclass of {@link CallObservationConvention}. Default those of this package. A convention of
     * the registry's own, a {@link io.micrometer.observation.GlobalObservationConvention}, is used
     * where none is given here.
     */
    public Builder convention(ObservationConvention<?> convention) {
      conventions.add(Objects.requireNonNull(convention, "convention"));
      return this;
    }

    /**
     * Sets whether the context of the calling thread follows to the threads that work for it.
     * Default true.
     */
    public Builder propagateContext(boolean isPropagated) {
      this.propagatesContext = isPropagated;
      return this;
    }

    private @Nullable ObservationRegistry observations() {
      if (given != null || meters == null) {
        return given;
      }
      ObservationRegistry own = ObservationRegistry.create();
      own.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
      return own;
    }

    private static String requireText(String what, String text) {
      if (text.isBlank()) {
        throw new IllegalArgumentException(what + " must not be blank.");
      }
      return text;
    }

    /**
     * Builds it. Gauges are registered now, all else when it is first needed.
     *
     * @throws IllegalArgumentException if there is no registry
     */
    public ElumentaTelemetry build() {
      if (meters == null && given == null) {
        throw new IllegalArgumentException(
            "There is nowhere to tell it: call meters(…), observations(…), or both.");
      }
      return new ElumentaTelemetry(this);
    }
  }
}
