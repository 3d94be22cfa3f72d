package ru.elumenta.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InsufficientTokensTest {
  @ParameterizedTest
  @CsvSource({
    "8, 3, 5",
    "8, 8, 0",
    "3, 8, 0",
    "'\"8\"', '\"3\"', 5",
    "9223372036854775807, -1, 9223372036854775807",
    "-9223372036854775807, 9223372036854775807, 0",
  })
  void theShortfallIsNeverNegativeAndNeverOverflows(String required, String available, long lack) {
    assertThat(
            failure("{\"required\": %s, \"available\": %s}".formatted(required, available))
                .shortfall())
        .hasValue(lack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"required\": 8}",
        "{\"available\": 3}",
        "{\"required\": \"eight\", \"available\": 3}",
        "{\"required\": [8], \"available\": 3}",
        "{\"required\": 1e999999999, \"available\": 3}",
        "{\"required\": 9223372036854775808, \"available\": 3}",
      })
  void withoutTwoReadableNumbersThereIsNoShortfall(String details) {
    assertThat(failure(details).shortfall()).isEmpty();
  }

  @Test
  void theMessageSaysHowMuchToTopUpAndWhere() {
    assertThat(failure("{\"required\": 8, \"available\": 3}"))
        .hasMessageContaining("Top up 5 tokens at https://elumenta.ru/web/billing");
  }

  @Test
  void theMessageDoesNotInventANumber() {
    assertThat(failure("{}")).hasMessageContaining("Top up at https://elumenta.ru/web/billing");
  }

  private static InsufficientTokensException failure(String details) {
    return Answer.of(402)
        .body("{\"error\": \"insufficient_tokens\", \"details\": " + details + "}")
        .decodeAs(InsufficientTokensException.class);
  }
}
