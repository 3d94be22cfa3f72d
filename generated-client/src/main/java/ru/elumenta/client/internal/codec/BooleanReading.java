package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.Locale;

/** Reads true and false, as texts too, and 1 and 0 as databases give them; null for others. */
final class BooleanReading extends StdScalarDeserializer<Boolean> {
  BooleanReading() {
    super(Boolean.class);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Boolean;
  }

  @Override
  public Boolean deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return parser.getTextLength() > "false".length()
        ? null
        : switch (parser.getText().toLowerCase(Locale.ROOT)) {
          case "true", "1" -> Boolean.TRUE;
          case "false", "0" -> Boolean.FALSE;
          default -> null;
        };
  }
}
