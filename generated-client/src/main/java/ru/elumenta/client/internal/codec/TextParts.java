package ru.elumenta.client.internal.codec;

import java.util.List;
import java.util.Map;

/**
 * A text that came as content parts, in the form of OpenAI: {@code [{"type":"text","text":"…"},
 * …]}. Parts without a text, such as images, are passed over.
 */
final class TextParts {
  private TextParts() {}

  /** Returns the texts in their order as one; null if there is none, or if they are no parts. */
  static String join(Object raw) {
    List<?> parts =
        raw instanceof Map<?, ?> ? List.of(raw) : raw instanceof List<?> list ? list : List.of();
    StringBuilder text = new StringBuilder();
    boolean isText = false;
    for (Object part : parts) {
      Object piece = part instanceof Map<?, ?> members ? members.get("text") : part;
      if (part instanceof List<?> || part instanceof String && parts.size() > 1) {
        return null; // several texts, of which nobody says that they are one
      }
      if (piece instanceof String words) {
        text.append(words);
        isText = true;
      }
    }
    return isText ? text.toString() : null;
  }
}
