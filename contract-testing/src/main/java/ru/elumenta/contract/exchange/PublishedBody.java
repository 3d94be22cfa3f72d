package ru.elumenta.contract.exchange;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request of {@code java.net.http}. */
final class PublishedBody implements Subscriber<ByteBuffer> {
  private static final long SECONDS = 10;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

  private PublishedBody() {}

  static byte[] bytesOf(BodyPublisher publisher) {
    if (publisher.contentLength() < 0) {
      throw unreadable(null); // a stream: might be empty by now
    }
    PublishedBody body = new PublishedBody();
    try {
      publisher.subscribe(body);
      return body.whole.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      throw unreadable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreadable(e);
    }
  }

  private static IllegalArgumentException unreadable(@Nullable Exception cause) {
    return new IllegalArgumentException(
        "The request's body cannot be read again: give its bytes beside the request.", cause);
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(ByteBuffer part) {
    byte[] content = new byte[part.remaining()];
    part.duplicate().get(content);
    bytes.writeBytes(content);
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
