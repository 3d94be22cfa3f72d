package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUtf8ReaderTest {
  private static final String TEXT = "aж€😀😀z";

  private static Reader reader(byte[] bytes) {
    return new ReceivedBody(bytes).asReader(StandardCharsets.ISO_8859_1);
  }

  private static Reader reader(String text) {
    return reader(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String rest(Reader reader, int step) throws IOException {
    StringBuilder text = new StringBuilder();
    char[] chars = new char[step];
    for (int count = reader.read(chars, 0, step); count >= 0; count = reader.read(chars, 0, step)) {
      assertThat(count).isPositive();
      text.append(chars, 0, count);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 100})
  void whateverIsAskedForAtATimeTheTextIsTheSame(int step) throws IOException {
    assertThat(rest(reader(TEXT), step)).isEqualTo(TEXT);
  }

  @Test
  void aByteOrderMarkIsSkippedAtTheBeginningOnly() throws IOException {
    assertThat(rest(reader("\uFEFFa\uFEFFb"), 10)).isEqualTo("a\uFEFFb");
    assertThat(reader("\uFEFF").read()).isEqualTo(-1);
    assertThat(reader("").read()).isEqualTo(-1);
  }

  @Test
  void itCanMarkAnywhereAlsoBetweenTheHalvesOfACharacter() throws IOException {
    for (int before = 0; before <= TEXT.length(); before++) {
      Reader reader = reader(TEXT);
      for (int i = 0; i < before; i++) {
        reader.read();
      }
      reader.mark(1);
      String first = rest(reader, 3);
      reader.reset();

      assertThat(rest(reader, 1)).isEqualTo(first).isEqualTo(TEXT.substring(before));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xC3, 0xFF, 0xED})
  void whatIsNoUtf8Fails(int odd) {
    byte[] bytes = {'a', (byte) odd};

    assertThatThrownBy(() -> rest(reader(bytes), 8)).isInstanceOf(CharacterCodingException.class);
  }
}
