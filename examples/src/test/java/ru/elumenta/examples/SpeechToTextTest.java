package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SpeechToTextTest {
  @Test
  void printsWhatWasSaidAndWhatItCost() {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      SpeechToText.run();
    } finally {
      System.setOut(console);
    }

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "Hello and welcome… [whisper, 2 tokens]",
            "Hello and welcome… [model not named, 0 tokens]",
            "InsufficientTokensException, 402, 8 needed, 3 there, 5 short, cost nothing",
            "not sent: FORMAT, SpeechFileException, cost nothing",
            "not sent: TOO_LARGE, SpeechFileException, cost nothing",
            "requests for the last two: 0");
  }
}
