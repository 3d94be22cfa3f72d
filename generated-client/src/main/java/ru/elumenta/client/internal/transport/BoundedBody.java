package ru.elumenta.client.internal.transport;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Collects a response body up to a limit. Beyond it, the body of an error is cut there, because its
 * status is what matters; any other fails, because half a result must not look like a whole one.
 * What has arrived can be asked for at any time.
 */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final ResponseInfo response;
  private final long limit;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // synchronized itself
  private Subscription subscription;

  BoundedBody(ResponseInfo response, long successLimit, long errorLimit) {
    this.response = response;
    this.limit = isError() ? errorLimit : successLimit;
  }

  boolean isError() {
    return response.statusCode() < 200 || response.statusCode() > 299;
  }

  PartialResponse received() {
    return new PartialResponse(
        response.statusCode(), response.headers().map(), bytes.toByteArray());
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (whole.isDone()) {
        return;
      }
      int wanted = (int) Math.min(buffer.remaining(), limit - bytes.size());
      boolean fits = wanted == buffer.remaining();
      byte[] chunk = new byte[wanted];
      buffer.get(chunk);
      bytes.write(chunk, 0, wanted);
      if (!fits) {
        endAtLimit();
      }
    }
  }

  private void endAtLimit() {
    subscription.cancel();
    if (isError()) {
      whole.complete(bytes.toByteArray());
    } else {
      whole.completeExceptionally(new BodyTooLargeException(limit));
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    whole.complete(bytes.toByteArray());
  }
}
