package ru.elumenta.contract;

import java.util.Objects;
import java.util.Optional;

/**
 * A request and what was answered to it.
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
}
