package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

/**
 * Exceptions travel between processes with their message, whether or not anybody read it before.
 */
class SerializationTest {
  @Test
  void theMessageSurvivesThoughNobodyReadItBefore() throws Exception {
    ElumentaException copy = copyOf(Answer.of(402).decode());

    assertThat(copy).isExactlyInstanceOf(InsufficientTokensException.class);
    assertThat(copy).hasMessage(Answer.of(402).decode().getMessage());
  }

  private static ElumentaException copyOf(ElumentaException failure)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ElumentaException) in.readObject();
    }
  }
}
