package ru.elumenta.client.internal.transport;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;

/**
 * How the answer to one request arrives: whole or, if it is a success that is to be read while it
 * arrives, as soon as its headers are there.
 */
final class Arrival implements BodyHandler<byte[]> {
  private static final long MOST_BYTES_OF_SUCCESS = 64L << 20;
  private static final long MOST_BYTES_OF_ERROR = 1L << 20;

  private final boolean isStreamed;
  private final CompletableFuture<Object> answer = new CompletableFuture<>();
  private volatile BoundedBody whole;

  Arrival(boolean isStreamed) {
    this.isStreamed = isStreamed;
  }

  @Override
  public BodySubscriber<byte[]> apply(ResponseInfo info) {
    BoundedBody bounded = new BoundedBody(info, MOST_BYTES_OF_SUCCESS, MOST_BYTES_OF_ERROR);
    if (!isStreamed || bounded.isError()) {
      whole = bounded;
      return bounded;
    }
    ArrivingBody arriving = new ArrivingBody(info);
    answer.complete(arriving); // before anything of the body, so that no failure of it comes first
    return arriving;
  }

  /**
   * Returns what to wait for: an {@link ArrivingBody}, or the whole as a {@link PartialResponse},
   * or the failure of the exchange.
   */
  CompletableFuture<Object> answerTo(CompletableFuture<HttpResponse<byte[]>> exchange) {
    exchange.whenComplete(
        (response, failure) -> {
          if (failure == null) {
            answer.complete(
                new PartialResponse(
                    response.statusCode(), response.headers().map(), response.body()));
          } else {
            answer.completeExceptionally(failure);
          }
        });
    return answer;
  }

  /** What has arrived of a response that is to be whole; null if nothing has. */
  PartialResponse received() {
    BoundedBody arrived = whole;
    return arrived == null ? null : arrived.received();
  }
}
