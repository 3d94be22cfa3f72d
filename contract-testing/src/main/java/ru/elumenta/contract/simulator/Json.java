package ru.elumenta.contract.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/** JSON as plain maps, lists and values. */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

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

  /** Reads an object; refuses anything else with a 400. */
  static Map<String, Object> object(byte[] body) {
    try {
      Map<String, Object> members = MAPPER.readValue(body, new TypeReference<>() {});
      if (members != null) {
        return members;
      }
    } catch (IOException e) {
      // Refused below.
    }
    throw Refusal.badRequest("The body is no JSON object");
  }
}
