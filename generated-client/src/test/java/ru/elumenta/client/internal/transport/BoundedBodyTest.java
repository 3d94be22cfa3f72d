package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedBodyTest {
  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, 0",
    "10, 10",
    "-1, 10",
    "-1, 4096",
    "-1, 4097",
    "4097, 4097",
    "-1, 3000000",
    "3000000, 3000000",
    "1048576, 1048576",
    "7, 3",
    "3, 7"
  })
  void aBodyIsWholeWhateverWasDeclared(long declared, int length) throws Exception {
    byte[] content = bytes(length);
    BoundedBody body = new BoundedBody(200, declared);

    assertThat(body.readFrom(inDrips(content))).isTrue();

    assertThat(body.bytes()).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 6, 8, 100})
  void aSuccessBeyondItsLimitFailsAndKeepsWhatFits(int declared) {
    BoundedBody body = new BoundedBody(200, declared, 6);

    assertThatThrownBy(() -> body.readFrom(new ByteArrayInputStream("abcdefgh".getBytes())))
        .isInstanceOf(BodyTooLargeException.class)
        .hasMessageContaining("6 bytes");
    assertThat(body.bytes()).asString().isEqualTo("abcdef");
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 402, 503})
  void anErrorBeyondItsLimitIsCutThere(int status) throws Exception {
    BoundedBody body = new BoundedBody(status, -1, 4);

    assertThat(body.readFrom(new ByteArrayInputStream("abcdefgh".getBytes()))).isFalse();

    assertThat(body.bytes()).asString().isEqualTo("abcd");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 402})
  void aBodyOfExactlyItsLimitIsWhole(int status) throws Exception {
    BoundedBody body = new BoundedBody(status, -1, 4);

    assertThat(body.readFrom(new ByteArrayInputStream("abcd".getBytes()))).isTrue();

    assertThat(body.bytes()).asString().isEqualTo("abcd");
  }

  @Test
  void aBodyThatBreaksFailsAndKeepsWhatArrived() {
    IOException broken = new IOException("broken");
    BoundedBody body = new BoundedBody(200, 100);
    InputStream breaking =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw broken;
          }
        };

    assertThatThrownBy(
            () ->
                body.readFrom(
                    new SequenceInputStream(new ByteArrayInputStream("abc".getBytes()), breaking)))
        .isSameAs(broken);
    assertThat(body.bytes()).asString().isEqualTo("abc");
  }

  private static byte[] bytes(int length) {
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    return content;
  }

  /** Gives less at a time than is asked for, as sockets do. */
  private static InputStream inDrips(byte[] content) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1000));
      }
    };
  }
}
