package ru.elumenta.contract.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain maps, lists and values. */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads an object; refuses anything else with a 400. Members that are null are left out: to the
   * service null is the same as absent.
   */
  static Map<String, Object> object(byte[] body) {
    try {
      Map<String, Object> members = MAPPER.readValue(body, new TypeReference<>() {});
      if (members != null) {
        return withoutNulls(members);
      }
    } catch (IOException e) {
      // Refused below.
    }
    throw Refusal.badRequest("The body is no JSON object");
  }

  private static Map<String, Object> withoutNulls(Map<?, ?> members) {
    Map<String, Object> some = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (value != null) {
            some.put((String) checked(name), checked(value));
          }
        });
    return some;
  }

  /** Half a character can be read, but not written again. */
  private static Object checked(Object value) {
    if (value instanceof String text
        && text.codePoints().anyMatch(next -> next >= 0xD800 && next <= 0xDFFF)) {
      throw Refusal.badRequest("A text in the body is not Unicode");
    }
    if (value instanceof Map<?, ?> members) {
      return withoutNulls(members);
    }
    if (value instanceof List<?> elements) {
      List<Object> checked = new ArrayList<>();
      elements.forEach(each -> checked.add(checked(each)));
      return checked;
    }
    return value;
  }
}
