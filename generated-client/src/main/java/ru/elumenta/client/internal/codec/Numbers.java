package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Numbers of any length in linear time: the JDK takes the square of the digits for a long one, and
 * all memory for {@code 1e999999999} as an integer.
 */
final class Numbers {
  /** More digits than any double has, before and after the point. */
  static final int MOST_DIGITS = 400;

  private Numbers() {}

  /**
   * Returns the number that is read, or that the text is; null if it is none or has more than 400
   * digits.
   */
  static BigDecimal exact(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    boolean mayBe = token.isNumeric() || token == JsonToken.VALUE_STRING;
    if (!mayBe || parser.getTextLength() > MOST_DIGITS) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(parser.getText().strip());
      return Math.abs((long) number.scale()) > MOST_DIGITS ? null : number;
    } catch (NumberFormatException noNumber) {
      return null;
    }
  }
}
