package ru.elumenta.client.internal.upload;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes {@code application/x-www-form-urlencoded}; each value of a list is a field of its own. */
final class UrlEncodedForm {
  private UrlEncodedForm() {}

  static byte[] of(Map<String, Object> arguments) {
    StringJoiner form = new StringJoiner("&");
    arguments.forEach(
        (argument, value) -> {
          String name = encoded(FormField.of(argument).name());
          for (Object one : value instanceof Collection<?> many ? many : List.of(value)) {
            if (one != null) {
              form.add(
                  name
                      + "="
                      + encoded(
                          one instanceof byte[] raw
                              ? Base64.getEncoder().encodeToString(raw)
                              : one.toString()));
            }
          }
        });
    return form.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
