package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;

/**
 * Reads one value in whatever shape it came. Only what is no JSON fails; the parser stands at the
 * last token of the value afterwards. Thread-safe.
 */
final class TolerantValue {
  /**
   * A value in a wrong shape.
   *
   * @param understood what can be read of it, or null
   * @param raw all of it
   */
  record Misfit(Object understood, Object raw) {}

  private final JsonDeserializer<?> deserializer;
  private final TypeDeserializer typeDeserializer; // null unless a member says which class it is
  private final JsonToken expectedStart; // null if it is no object and no list
  private final LogicalType kind;

  TolerantValue(JsonDeserializer<?> deserializer, TypeDeserializer typeDeserializer) {
    this.deserializer = deserializer;
    this.typeDeserializer = typeDeserializer;
    this.kind = deserializer.logicalType();
    this.expectedStart = typeDeserializer == null ? start(deserializer) : null;
  }

  private JsonToken start(JsonDeserializer<?> type) {
    if (kind == LogicalType.Collection || kind == LogicalType.Array) {
      return JsonToken.START_ARRAY;
    }
    if (kind == LogicalType.Map || kind == LogicalType.POJO && isMadeOfMembers(type)) {
      return JsonToken.START_OBJECT;
    }
    return null;
  }

  /** And not, as an id is, of a value that its class looks at by itself. */
  private static boolean isMadeOfMembers(JsonDeserializer<?> type) {
    ValueInstantiator made =
        type instanceof ValueInstantiator.Gettable known ? known.getValueInstantiator() : null;
    return made != null
        && !made.canCreateUsingDelegate()
        && (made.canCreateUsingDefault() || made.canCreateFromObjectWith());
  }

  /** Returns the value or a {@link Misfit}; the parser must not stand at a null. */
  Object read(JsonParser parser, DeserializationContext context) throws IOException {
    JsonToken token = parser.currentToken();
    if (kind == LogicalType.Untyped && typeDeserializer == null) {
      return deserialize(parser, context);
    }
    if (token == expectedStart
        && parser.getParsingContext().getNestingDepth() <= RawValue.MOST_DEPTH) {
      return deserialize(parser, context); // whose own members are read as this one is
    }
    Object read =
        token.isScalarValue()
            ? scalar(parser, context)
            : expectedStart == null && kind != LogicalType.Textual
                ? anyOther(parser, context)
                : new Misfit(null, RawValue.read(parser, context));
    if (kind == LogicalType.Textual && read instanceof Misfit misfit) {
      read = new Misfit(TextParts.join(misfit.raw), misfit.raw);
    }
    if (read instanceof Misfit misfit) {
      String words = misfit.understood == null ? "" : ", and was understood";
      Findings.add(
          parser, context, "is " + name(token) + " where " + wanted() + " is documented" + words);
    }
    return read;
  }

  private Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return typeDeserializer == null
        ? deserializer.deserialize(parser, context)
        : deserializer.deserializeWithType(parser, context, typeDeserializer);
  }

  private Object scalar(JsonParser parser, DeserializationContext context) throws IOException {
    Object value = orNull(parser, context);
    boolean isLost = value instanceof Enum<?> open && open.name().startsWith("UNKNOWN_DEFAULT");
    return value == null || isLost ? new Misfit(value, RawValue.read(parser, context)) : value;
  }

  /** What decides by itself what it is made of: it gets a copy, so that the whole is read. */
  private Object anyOther(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.getParsingContext().getNestingDepth() > RawValue.MOST_DEPTH) {
      return new Misfit(null, RawValue.read(parser, context));
    }
    try (TokenBuffer copy = context.bufferForInputBuffering(parser)) {
      copy.copyCurrentStructure(parser);
      try (JsonParser again = copy.asParserOnFirstToken()) {
        Object value = orNull(again, context);
        if (value != null) {
          return value;
        }
      }
      try (JsonParser again = copy.asParserOnFirstToken()) {
        return new Misfit(null, RawValue.read(again, context));
      }
    }
  }

  private Object orNull(JsonParser parser, DeserializationContext context) throws IOException {
    try {
      return deserialize(parser, context);
    } catch (JsonParseException noJson) {
      throw noJson;
    } catch (JsonProcessingException | RuntimeException wrongShape) {
      return null;
    }
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case START_OBJECT, END_OBJECT -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> "a boolean";
    };
  }

  private String wanted() {
    if (kind == null) {
      return "something else";
    }
    return switch (kind) {
      case Textual -> "a text";
      case Integer -> "an integer";
      case Float -> "a number";
      case Boolean -> "a boolean";
      case DateTime -> "a time";
      case Collection, Array -> "a list";
      case Map -> "an object";
      case Enum -> "a known word";
      default -> expectedStart == null ? "another value" : "an object";
    };
  }
}
