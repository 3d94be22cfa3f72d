package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the bytes of a body to its text. */
class ErrorBodyBytesTest {
  private static final String NO_PROMPT =
      "{\"error\": \"bad_request\", \"message\": \"Нет запроса\"}";

  @Test
  void noBodyIsNoText() {
    assertThat(Answer.of(400).decode().context().rawBody()).isEmpty();
  }

  @Test
  void anEmptyBodyIsNoText() {
    assertThat(Answer.of(400, "").context().rawBody()).isEmpty();
  }

  @Test
  void aBodyThatBreaksOffKeepsWhatArrived() {
    InputStream half =
        new ByteArrayInputStream("{\"error\": \"mod".getBytes(StandardCharsets.UTF_8));

    ElumentaException failure =
        Answer.of(429)
            .header("Retry-After", "7")
            .body(new SequenceInputStream(half, failing(new IOException("reset by peer"))))
            .decode();

    assertThat(failure).isExactlyInstanceOf(RateLimitException.class);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure.context().rawBody()).contains("{\"error\": \"mod");
  }

  @Test
  void aStreamThatThrowsUncheckedDoesNotHideTheStatus() {
    InputStream closed = failing(new UncheckedIOException(new IOException("closed")));

    assertThat(Answer.of(402).body(closed).decode())
        .isExactlyInstanceOf(InsufficientTokensException.class);
  }

  @Test
  void theBodyIsClosed() {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream body =
        new ByteArrayInputStream(new byte[] {'{', '}'}) {
          @Override
          public void close() {
            closed.set(true);
          }
        };

    Answer.of(400).body(body).decode();

    assertThat(closed).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"windows-1251", "UTF-16", "utf-8", "\"UTF-8\"", "KOI8-R"})
  void theNamedCharsetIsUsed(String charset) {
    ErrorContext context =
        Answer.of(400)
            .header("Content-Type", "application/json; Charset=" + charset)
            .body(NO_PROMPT.getBytes(Charset.forName(charset.replace("\"", ""))))
            .decode()
            .context();

    assertThat(context.serverMessage()).contains("Нет запроса");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no-such-charset", "-", "...", "", "\"", "utf-8-but-not-quite"})
  void anOddCharsetIsReadAsUtf8(String charset) {
    ErrorContext context =
        Answer.of(400)
            .header("Content-Type", "application/json; charset=" + charset)
            .body(NO_PROMPT)
            .decode()
            .context();

    assertThat(context.serverMessage()).contains("Нет запроса");
  }

  @Test
  void bytesThatAreNoTextAreSomebodyElses() {
    byte[] bytes = {(byte) 0xff, (byte) 0xfe, 0, (byte) 0xc3, (byte) 0x28};

    ElumentaException failure = Answer.of(404).body(bytes).decode();

    assertThat(failure).isExactlyInstanceOf(UnexpectedResponseException.class);
    assertThat(failure.context().status()).hasValue(404);
    assertThat(failure).hasMessageContaining("bytes that are no text");
  }

  @Test
  void aLongBodyIsReadToOneMebibyteAndKeptToSixtyFourKibibytes() {
    ByteArrayInputStream body = new ByteArrayInputStream(new byte[10 << 20]);

    ErrorContext context = Answer.of(500).body(body).decode().context();

    assertThat((10 << 20) - body.available()).isBetween(1 << 20, (1 << 20) + 8192);
    assertThat(context.rawBody()).hasValueSatisfying(text -> assertThat(text).hasSize(1 << 16));
  }

  private static InputStream failing(Exception failure) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        if (failure instanceof IOException checked) {
          throw checked;
        }
        throw (RuntimeException) failure;
      }
    };
  }
}
