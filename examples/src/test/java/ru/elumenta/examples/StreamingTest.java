package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamingTest {
  @Test
  void printsTextsAsTheyArriveAndWhatTheyCost() {
    assertThat(Printed.by(Streaming::run))
        .containsExactly(
            "Once upon a time [3 tokens]",
            "Once [3 tokens, 280 left]",
            "Once [broken off after 'Once', StreamBrokenException, 200, may have cost tokens]");
  }
}
