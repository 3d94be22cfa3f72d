package ru.elumenta.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code name=value} of the command line. The value is a number, a truth value, an object or a
 * list where it is JSON for one, else a text; {@code name="5"} with its quotes is the text 5.
 */
record Parameter(String name, Object value) {
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)", Pattern.DOTALL);
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,17})(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");

  /** Returns null if it has another form. */
  static @Nullable Parameter of(String argument) {
    var matcher = FORM.matcher(argument);
    return matcher.matches() ? new Parameter(matcher.group(1), value(matcher.group(2))) : null;
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    boolean isJson =
        NUMBER.matcher(text).matches()
            || text.startsWith("{")
            || text.startsWith("[")
            || text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    if (!isJson) {
      return text;
    }
    try {
      return new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      return text;
    }
  }
}
