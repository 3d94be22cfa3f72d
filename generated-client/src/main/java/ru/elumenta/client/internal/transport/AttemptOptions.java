package ru.elumenta.client.internal.transport;

import feign.Request;
import feign.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The options of one attempt, which also take note of what was sent and what was answered: Feign
 * hands its callers the decoded body alone. Used by one thread.
 */
public final class AttemptOptions extends Request.Options {
  private Map<String, Collection<String>> sent = Map.of();
  private Answer answer;

  /**
   * Status and headers of a response, whatever its status.
   *
   * @param headers their names as the service spelled them
   */
  public record Answer(int status, Map<String, Collection<String>> headers) {}

  /**
   * Creates options.
   *
   * @param limit the time for the attempt, to the last byte of the response
   */
  public AttemptOptions(Duration limit) {
    super(atLeastOneMilli(limit), atLeastOneMilli(limit), false);
  }

  /** Feign counts in milliseconds, and takes zero for no limit. */
  private static Duration atLeastOneMilli(Duration limit) {
    return limit.toMillis() < 1 ? Duration.ofMillis(1) : limit;
  }

  void sending(Request request) {
    sent = request.headers();
  }

  void answered(Response response) {
    answer = new Answer(response.status(), response.headers());
  }

  /** Returns the headers of the request, credentials included; empty if nothing was sent. */
  public Map<String, Collection<String>> sentHeaders() {
    return sent;
  }

  /** Returns what was answered; empty if no whole response came. */
  public Optional<Answer> answer() {
    return Optional.ofNullable(answer);
  }
}
