package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamingTest {
  @Test
  void printsTextsAsTheyArriveAndWhatTheyCost() {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Streaming.run();
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Once upon a time [3 tokens]",
            "Once [3 tokens, 280 left]",
            "Once [broken off after 'Once', StreamBrokenException, 200, may have cost tokens]");
  }
}
