package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscription;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {
  private static final int SUCCESS_LIMIT = 6;
  private static final int ERROR_LIMIT = 4;

  private final RecordedSubscription subscription = new RecordedSubscription();

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 299})
  void aSuccessUpToItsLimitIsWhole(int status) throws Exception {
    BoundedBody body = body(status);

    body.onNext(buffers("abc", "d"));
    body.onNext(buffers("ef"));
    body.onComplete();

    assertThat(body.isError()).isFalse();
    assertThat(text(body)).isEqualTo("abcdef");
    assertThat(subscription.cancelled).isFalse();
  }

  @Test
  void aSuccessBeyondItsLimitFailsAndIsCancelled() {
    BoundedBody body = body(200);

    body.onNext(buffers("abcd", "efg", "h"));

    assertThatThrownBy(() -> future(body).get())
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessageContaining("6 bytes");
    assertThat(subscription.cancelled).isTrue();
    assertThat(received(body)).isEqualTo("abcdef");
  }

  @ParameterizedTest
  @ValueSource(ints = {199, 300, 402, 503})
  void anErrorBeyondItsLimitIsCutThereAndCancelled(int status) throws Exception {
    BoundedBody body = body(status);

    body.onNext(buffers("abc"));
    body.onNext(buffers("defgh", "i"));

    assertThat(body.isError()).isTrue();
    assertThat(text(body)).isEqualTo("abcd");
    assertThat(subscription.cancelled).isTrue();
  }

  @Test
  void anErrorOfExactlyItsLimitIsWhole() throws Exception {
    BoundedBody body = body(402);

    body.onNext(buffers("abcd"));
    assertThat(future(body)).isNotDone();
    body.onComplete();

    assertThat(text(body)).isEqualTo("abcd");
    assertThat(subscription.cancelled).isFalse();
  }

  @Test
  void whatComesAfterTheEndChangesNothing() throws Exception {
    BoundedBody body = body(402);

    body.onNext(buffers("abcde"));
    body.onNext(buffers("x"));
    body.onError(new IOException("late"));
    body.onComplete();

    assertThat(text(body)).isEqualTo("abcd");
    assertThat(received(body)).isEqualTo("abcd");
  }

  @Test
  void aBodyThatBreaksFailsAndKeepsWhatArrived() {
    IOException broken = new IOException("broken");
    BoundedBody body = body(200);

    body.onNext(buffers("abc"));
    body.onError(broken);

    assertThatThrownBy(() -> future(body).get()).hasCause(broken);
    assertThat(received(body)).isEqualTo("abc");
  }

  @Test
  void whatArrivedCanBeAskedForAtAnyTime() {
    BoundedBody body = body(429);

    assertThat(received(body)).isEmpty();
    body.onNext(buffers("ab"));

    assertThat(received(body)).isEqualTo("ab");
    assertThat(body.received().status()).isEqualTo(429);
    assertThat(body.received().headers()).containsEntry("Retry-After", List.of("3"));
    assertThat(future(body)).isNotDone();
  }

  @Test
  void anEmptyBodyIsEmpty() throws Exception {
    BoundedBody body = body(204);

    body.onComplete();

    assertThat(text(body)).isEmpty();
  }

  private BoundedBody body(int status) {
    BoundedBody body = new BoundedBody(info(status), SUCCESS_LIMIT, ERROR_LIMIT);
    body.onSubscribe(subscription);
    return body;
  }

  private static CompletableFuture<byte[]> future(BoundedBody body) {
    return body.getBody().toCompletableFuture();
  }

  private static String text(BoundedBody body) throws Exception {
    assertThat(future(body)).isDone();
    return new String(future(body).get(), StandardCharsets.UTF_8);
  }

  private static String received(BoundedBody body) {
    return new String(body.received().body(), StandardCharsets.UTF_8);
  }

  private static List<ByteBuffer> buffers(String... texts) {
    return Stream.of(texts)
        .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer())
        .toList();
  }

  private static ResponseInfo info(int status) {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("Retry-After", List.of("3")), (name, value) -> true);
    return new ResponseInfo() {
      @Override
      public int statusCode() {
        return status;
      }

      @Override
      public HttpHeaders headers() {
        return headers;
      }

      @Override
      public HttpClient.Version version() {
        return HttpClient.Version.HTTP_1_1;
      }
    };
  }

  private static final class RecordedSubscription implements Subscription {
    private boolean cancelled;

    @Override
    public void request(long count) {
      // The test pushes by itself.
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
