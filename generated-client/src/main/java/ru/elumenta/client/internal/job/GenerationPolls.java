package ru.elumenta.client.internal.job;

import feign.TypedResponse;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.call.BackOff;
import ru.elumenta.client.internal.call.CallerContext;
import ru.elumenta.client.internal.call.Listeners;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.cost.Spending;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.ModelSlugs;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;

/** What the jobs of one client poll with. */
public record GenerationPolls(
    GenerationsApi api,
    PollingOptions options,
    RetryOptions retry,
    TimeSource time,
    Pause pause,
    Listeners listeners,
    CallerContext context,
    JobTimer timer,
    Spending spending) {

  /** One poll, with the client's retries. */
  public TypedResponse<Generation> poll(GenerationId id) {
    return api.getGenerationWithResponse(id);
  }

  /** One poll that ends within a limit. */
  public TypedResponse<Generation> poll(GenerationId id, Duration limit) {
    return ResilientCalls.within(limit, GenerationsApi.class, api).getGenerationWithResponse(id);
  }

  public Duration firstDelay() {
    return lengthened(options.firstDelay());
  }

  public Duration interval() {
    return lengthened(options.interval());
  }

  /**
   * The time from a failed poll to the next: the interval, or longer if the service asked for it.
   */
  public Duration waitAfter(ElumentaException failure) {
    return BackOff.orAsked(interval(), failure, retry.rateLimitWait());
  }

  private Duration lengthened(Duration delay) {
    double more = options.jitter() * ThreadLocalRandom.current().nextDouble();
    return delay.plusNanos((long) (delay.toNanos() * more));
  }

  /** How long a generation of this model is waited for; it may be null. */
  public Duration limit(String model) {
    boolean isVideo = model != null && ModelSlugs.VIDEO.stream().anyMatch(model::startsWith);
    return isVideo && options.videoLimit().compareTo(options.limit()) > 0
        ? options.videoLimit()
        : options.limit();
  }
}
