package ru.elumenta.contract.control;

import ru.elumenta.contract.simulator.Secrets;

/** Puts HTML together. What comes from outside goes through {@link #text}, all of it. */
final class Html {
  private final StringBuilder html = new StringBuilder();

  /** Adds markup of this project's own. */
  Html raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Adds markup of this project's own, in which each {@code {}} stands for a text. */
  Html put(String markup, Object... texts) {
    String[] parts = markup.split("\\{}", -1);
    for (int i = 0; i < parts.length; i++) {
      html.append(parts[i]);
      if (i < texts.length) {
        html.append(text(String.valueOf(texts[i])));
      }
    }
    return this;
  }

  /** Returns a text as it may stand in an element or in a quoted attribute, without credentials. */
  static String text(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    Secrets.hide(text).codePoints().forEach(next -> append(escaped, next));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int next) {
    switch (next) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      case '\n', '\t' -> escaped.append((char) next);
      default -> escaped.appendCodePoint(isSafe(next) ? next : 0xFFFD);
    }
  }

  /** No control characters, no halves of characters, nothing that turns the text around. */
  private static boolean isSafe(int next) {
    int type = Character.getType(next);
    boolean turns = next >= 0x202A && next <= 0x202E || next >= 0x2066 && next <= 0x2069;
    return type != Character.CONTROL && type != Character.SURROGATE && !turns;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
