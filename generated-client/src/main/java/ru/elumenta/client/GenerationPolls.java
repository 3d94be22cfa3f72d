package ru.elumenta.client;

import feign.TypedResponse;
import java.time.Duration;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.RateLimitException;

/** What the jobs of one client poll with. */
record GenerationPolls(
    GenerationsApi api, PollingOptions options, RetryOptions retry, TimeSource time, Pause pause) {

  /** One poll, with the client's retries. */
  TypedResponse<Generation> poll(GenerationId id) {
    return api.getGenerationWithResponse(id);
  }

  /** One poll that ends within a limit. */
  TypedResponse<Generation> poll(GenerationId id, Duration limit) {
    return ResilientCalls.within(limit, GenerationsApi.class, api).getGenerationWithResponse(id);
  }

  /**
   * The time from a failed poll to the next: the interval, or longer if the service asked for it.
   */
  Duration waitAfter(ElumentaException failure) {
    Duration unnamed =
        failure instanceof RateLimitException ? retry.rateLimitWait() : Duration.ZERO;
    Duration told = failure.retryAfter().orElse(unnamed);
    return told.compareTo(options.interval()) > 0 ? told : options.interval();
  }
}
