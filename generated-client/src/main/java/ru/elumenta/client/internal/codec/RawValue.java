package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads any JSON as texts, numbers, booleans, lists and maps, without losing digits. A number of
 * more than 400 digits is kept as text, and what is nested deeper than anything that means
 * something is left out, as a null: whoever goes through it would run out of stack.
 */
final class RawValue extends StdDeserializer<Object> {
  static final int MOST_DEPTH = 500;
  private static final int ALWAYS_EXACT_DOUBLE = 15;

  RawValue() {
    super(Object.class);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Untyped;
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return read(parser, context);
  }

  /** Reads the value that the parser stands at, and leaves it at its last token. */
  static Object read(JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT, START_ARRAY -> {
        if (parser.getParsingContext().getNestingDepth() > MOST_DEPTH) {
          Findings.add(parser, context, "is nested too deeply to be read");
          parser.skipChildren();
          yield null;
        }
        yield token == JsonToken.START_OBJECT ? map(parser, context) : list(parser, context);
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> context.handleUnexpectedToken(Object.class, parser);
    };
  }

  private static Map<String, Object> map(JsonParser parser, DeserializationContext context)
      throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      members.put(name, read(parser, context));
    }
    return members;
  }

  private static List<Object> list(JsonParser parser, DeserializationContext context)
      throws IOException {
    List<Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(read(parser, context));
    }
    return elements;
  }

  private static Object number(JsonParser parser) throws IOException {
    if (parser.getTextLength() > Numbers.MOST_DIGITS) {
      return parser.getText();
    }
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return parser.getNumberValue();
    }
    String text = parser.getText();
    double nearest = Double.parseDouble(text);
    if (text.length() <= ALWAYS_EXACT_DOUBLE && Double.isFinite(nearest) && nearest != 0) {
      return nearest;
    }
    BigDecimal exact = new BigDecimal(text);
    boolean isExact = Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(exact) == 0;
    return isExact ? (Object) nearest : exact;
  }
}
