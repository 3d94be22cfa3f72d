package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeechToTextTest {
  @Test
  void printsWhatWasSaidAndWhatItCost() {
    assertThat(Printed.by(SpeechToText::run))
        .containsExactly(
            "Hello and welcome… [whisper, 2 tokens]",
            "Hello and welcome… [model not named, 0 tokens]",
            "InsufficientTokensException, 402, 8 needed, 3 there, 5 short, cost nothing",
            "not sent: FORMAT, SpeechFileException, cost nothing",
            "not sent: TOO_LARGE, SpeechFileException, cost nothing",
            "requests for the last two: 0");
  }
}
