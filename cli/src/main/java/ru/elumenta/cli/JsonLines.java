package ru.elumenta.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes one object a line. Names are snake case, what is not known is left out. */
final class JsonLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> members = new LinkedHashMap<>();

  static JsonLines object() {
    return new JsonLines();
  }

  JsonLines with(String name, @Nullable Object value) {
    Object plain = value;
    if (value instanceof Optional<?> optional) {
      plain = optional.orElse(null);
    } else if (value instanceof OptionalLong number) {
      plain = number.isPresent() ? (Object) number.getAsLong() : null;
    }
    if (plain instanceof Number || plain instanceof Boolean || plain instanceof Map) {
      members.put(name, plain);
    } else if (plain != null) {
      members.put(name, plain.toString());
    }
    return this;
  }

  void to(PrintStream out) {
    try {
      out.print(JSON.writeValueAsString(members) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("What was read cannot be written as JSON.", e);
    }
  }
}
