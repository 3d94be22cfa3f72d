package ru.elumenta.client.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads a list, a set or a map by names, and leaves out what cannot be read of it, nulls too.
 * {@link ReadList#leftOut} says how many that were.
 */
final class TolerantList extends StdDeserializer<Object> implements ContextualDeserializer {
  private final transient TolerantValue element; // null in the blueprint

  TolerantList(JavaType type) {
    this(type, null);
  }

  private TolerantList(JavaType type, TolerantValue element) {
    super(type);
    this.element = element;
  }

  /** Returns whether it can make collections of this type; a map of anything may hold nulls. */
  static boolean canRead(JavaType type) {
    return type.isMapLikeType()
        ? type.getRawClass().isAssignableFrom(LinkedHashMap.class)
            && type.getKeyType().hasRawClass(String.class)
            && !type.getContentType().isJavaLangObject()
        : type.getRawClass().isAssignableFrom(ReadList.class)
            || type.getRawClass().isAssignableFrom(LinkedHashSet.class);
  }

  @Override
  public LogicalType logicalType() {
    return getValueType().isMapLikeType() ? LogicalType.Map : LogicalType.Collection;
  }

  @Override
  public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty member)
      throws JsonMappingException {
    JavaType type = getValueType();
    JavaType content = type.getContentType();
    TypeDeserializer kinds =
        context.getFactory().findTypeDeserializer(context.getConfig(), content);
    return new TolerantList(
        type,
        new TolerantValue(
            context.findContextualValueDeserializer(content, member),
            kinds == null ? null : kinds.forProperty(member)));
  }

  @Override
  public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (getValueType().isMapLikeType() && parser.hasToken(JsonToken.START_OBJECT)) {
      return map(parser, context);
    }
    if (!getValueType().isMapLikeType() && parser.hasToken(JsonToken.START_ARRAY)) {
      return list(parser, context);
    }
    return context.handleUnexpectedToken(getValueType(), parser);
  }

  private Object list(JsonParser parser, DeserializationContext context) throws IOException {
    ReadList<Object> list = new ReadList<>();
    Set<Object> set = new LinkedHashSet<>();
    boolean isSet = !getValueType().getRawClass().isAssignableFrom(ReadList.class);
    Collection<Object> elements = isSet ? set : list;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      Object read = orNull(parser, context);
      if (read == null) {
        list.leaveOut();
      } else {
        elements.add(read);
      }
    }
    tell(list.leftOut(), parser, context);
    return elements;
  }

  private Object map(JsonParser parser, DeserializationContext context) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    int leftOut = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      Object read = orNull(parser, context);
      if (read == null) {
        leftOut++;
      } else {
        members.put(name, read);
      }
    }
    tell(leftOut, parser, context);
    return members;
  }

  private Object orNull(JsonParser parser, DeserializationContext context) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    Object read = element.read(parser, context);
    return read instanceof TolerantValue.Misfit misfit ? misfit.understood() : read;
  }

  private static void tell(int leftOut, JsonParser parser, DeserializationContext context) {
    if (leftOut > 0) {
      Findings.add(
          parser, context, "has elements that cannot be read and are left out: " + leftOut);
    }
  }
}
