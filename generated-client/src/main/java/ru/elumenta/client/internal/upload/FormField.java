package ru.elumenta.client.internal.upload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form's field, as the templates name the argument: {@code form:name}, or {@code
 * form[image/png]:name} if the contract says of which media type its part is. The prefix keeps it
 * apart from a parameter of the same name in path or query.
 *
 * @param name on the wire
 * @param type the media type of its part, or null
 */
record FormField(String name, String type) {
  private static final Pattern ARGUMENT =
      Pattern.compile("form(?:\\[(.*?)])?:(.*)", Pattern.DOTALL);

  static FormField of(String argument) {
    Matcher parts = ARGUMENT.matcher(argument);
    return parts.matches()
        ? new FormField(parts.group(2), parts.group(1))
        : new FormField(argument, null);
  }
}
