package ru.elumenta.spring.boot;

import java.util.Locale;
import java.util.regex.Pattern;

/** A property has a value that the client refuses, or lacks one that it needs. */
final class UnusablePropertyException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final Pattern OPTION = Pattern.compile("\\b[a-z]+(?:[A-Z][a-z]+)+\\b");
  private static final Pattern HUMP = Pattern.compile("[A-Z]");

  private final String property;

  /**
   * Creates the exception.
   *
   * @param property the property, or what several begin with
   * @param sentence what is wrong; no value of a key or password
   */
  UnusablePropertyException(String property, String sentence) {
    super(property + ": " + sentence);
    this.property = property;
  }

  /** The same, of something that failed. */
  UnusablePropertyException(String property, String sentence, Throwable cause) {
    this(property, sentence);
    initCause(cause);
  }

  /** Of an option that the client refused; its sentence names it as the properties do. */
  static UnusablePropertyException of(String prefix, IllegalArgumentException refused) {
    String sentence =
        OPTION
            .matcher(String.valueOf(refused.getMessage()))
            .replaceAll(
                option ->
                    HUMP.matcher(option.group())
                        .replaceAll(hump -> "-" + hump.group().toLowerCase(Locale.ROOT)));
    return new UnusablePropertyException(prefix, sentence, refused);
  }

  String property() {
    return property;
  }
}
