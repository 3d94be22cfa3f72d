package ru.elumenta.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SoakTest {
  @Test
  void aFewSecondsOfEverythingAtOnceLeaveNothingOver() throws Exception {
    assertThat(Soak.run(Duration.ofSeconds(3), 0, 7)).isEmpty();
  }
}
