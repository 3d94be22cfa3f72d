package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * Reads a number exactly or not at all: {@code "13"} and {@code 13.0} are integers, {@code 1.9} and
 * what does not fit are none. Gives null for what cannot be read.
 */
final class NumberReading<N extends Number> extends StdScalarDeserializer<N> {
  private static final int ALWAYS_FITS_LONG = 18;
  private static final int ALWAYS_EXACT_DOUBLE = 15;

  private final boolean isFloating;
  private final transient LongFunction<N> ofLong;
  private final transient Function<BigDecimal, N> ofExact;

  private NumberReading(
      Class<N> type, boolean isFloating, LongFunction<N> ofLong, Function<BigDecimal, N> ofExact) {
    super(type);
    this.isFloating = isFloating;
    this.ofLong = ofLong;
    this.ofExact = ofExact;
  }

  static void addTo(SimpleModule module) {
    add(module, Long.class, false, Long::valueOf, BigDecimal::longValueExact);
    add(module, Integer.class, false, Math::toIntExact, BigDecimal::intValueExact);
    add(module, BigInteger.class, false, BigInteger::valueOf, BigDecimal::toBigIntegerExact);
    add(module, BigDecimal.class, true, BigDecimal::valueOf, Function.identity());
    add(module, Double.class, true, number -> (double) number, NumberReading::finite);
    add(module, Float.class, true, number -> (float) number, NumberReading::finiteFloat);
  }

  private static <N extends Number> void add(
      SimpleModule module,
      Class<N> type,
      boolean isFloating,
      LongFunction<N> ofLong,
      Function<BigDecimal, N> ofExact) {
    module.addDeserializer(type, new NumberReading<>(type, isFloating, ofLong, ofExact));
  }

  private static Double finite(BigDecimal number) {
    double nearest = number.doubleValue();
    return Double.isFinite(nearest) ? nearest : null;
  }

  private static Float finiteFloat(BigDecimal number) {
    float nearest = number.floatValue();
    return Float.isFinite(nearest) ? nearest : null;
  }

  @Override
  public LogicalType logicalType() {
    return isFloating ? LogicalType.Float : LogicalType.Integer;
  }

  @Override
  public N deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    try {
      boolean isShort =
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT
              && parser.getTextLength() <= (isFloating ? ALWAYS_EXACT_DOUBLE : ALWAYS_FITS_LONG);
      if (isShort) {
        return ofLong.apply(parser.getLongValue());
      }
      BigDecimal number = Numbers.exact(parser);
      return number == null ? null : ofExact.apply(number);
    } catch (ArithmeticException doesNotFit) {
      return null;
    }
  }
}
