package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;

/**
 * Reads text, and a number as it is written: a result of {@code 42} is a text to whoever asked for
 * one. A boolean is none, because {@code false} stands for nothing.
 */
final class TextReading extends StdScalarDeserializer<String> {
  TextReading() {
    super(String.class);
  }

  @Override
  public LogicalType logicalType() {
    return LogicalType.Textual;
  }

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return parser.currentToken().isBoolean() ? null : parser.getText();
  }
}
