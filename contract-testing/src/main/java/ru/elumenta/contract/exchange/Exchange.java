package ru.elumenta.contract.exchange;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Optional;

/**
 * A request and what was answered to it. {@link WireMockExchange} makes one of what WireMock saw.
 *
 * @param request the request
 * @param response the response, empty if none came or it is of no interest
 */
public record Exchange(RequestMessage request, Optional<ResponseMessage> response) {
  /** Refuses null. */
  public Exchange {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(response, "response");
  }

  /** Creates an exchange of plain values. */
  public static Exchange of(RequestMessage request, ResponseMessage response) {
    return new Exchange(request, Optional.of(response));
  }

  /** Creates an exchange that has no response. */
  public static Exchange of(RequestMessage request) {
    return new Exchange(request, Optional.empty());
  }

  /**
   * Takes what Feign sent and received.
   *
   * @throws IllegalArgumentException if the response's body can be read only once
   */
  public static Exchange of(feign.Request request, feign.Response response) {
    return of(RequestMessage.of(request), ResponseMessage.of(response));
  }

  /**
   * Takes what {@code java.net.http} sent and received.
   *
   * @throws IllegalArgumentException if the response's body is neither text nor bytes, or the
   *     request's cannot be read again
   */
  public static Exchange of(HttpRequest request, HttpResponse<?> response) {
    return of(RequestMessage.of(request), ResponseMessage.of(response));
  }

  /** Shows method, path and status, which is all that is sure to hold no secret. */
  @Override
  public String toString() {
    return request + response.map(each -> " answered with " + each).orElse("");
  }
}
