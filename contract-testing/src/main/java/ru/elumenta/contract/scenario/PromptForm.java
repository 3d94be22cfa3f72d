package ru.elumenta.contract.scenario;

import java.text.Normalizer;

/**
 * How the history writes a prompt, other than it was sent. A prompt that has nothing to rewrite
 * stays as it is: one without line ends, say, under {@link #CRLF}.
 */
public enum PromptForm {
  /** Line ends become CR LF. */
  CRLF,
  /** Line ends become LF. */
  LF,
  /** White space within becomes one space each, and none is at the ends. */
  COLLAPSED,
  /** None is at the ends. */
  STRIPPED,
  /** A space is added at the end. */
  SPACE_ADDED,
  /** As in HTML: {@code &amp;}, {@code &lt;}, {@code &gt;}, {@code &quot;}, {@code &#39;}. */
  ESCAPED,
  /** Unicode NFC. */
  COMPOSED,
  /** Unicode NFD. */
  DECOMPOSED,
  /** Straight quotes and hyphens become typographic ones. */
  TYPOGRAPHIC,
  /** The middle is left out, with an ellipsis in its place, if there are over 20 characters. */
  CUT_IN_THE_MIDDLE,
  /** The end is left out, with an ellipsis in its place, if there are over 20 characters. */
  CUT_AT_THE_END,
  /** All in lower case. */
  LOWER_CASE,
  /** Nothing is left of it. */
  EMPTY;

  private static final int KEPT = 20;

  /** Rewrites a prompt. */
  public String apply(String prompt) {
    return switch (this) {
      case CRLF -> LF.apply(prompt).replace("\n", "\r\n");
      case LF -> prompt.replace("\r\n", "\n").replace('\r', '\n');
      case COLLAPSED -> prompt.strip().replaceAll("\\s+", " ");
      case STRIPPED -> prompt.strip();
      case SPACE_ADDED -> prompt + " ";
      case ESCAPED ->
          prompt
              .replace("&", "&amp;")
              .replace("<", "&lt;")
              .replace(">", "&gt;")
              .replace("\"", "&quot;")
              .replace("'", "&#39;");
      case COMPOSED -> Normalizer.normalize(prompt, Normalizer.Form.NFC);
      case DECOMPOSED -> Normalizer.normalize(prompt, Normalizer.Form.NFD);
      case TYPOGRAPHIC ->
          prompt.replace('"', '\u201d').replace('\'', '\u2019').replace('-', '\u2013');
      case CUT_IN_THE_MIDDLE -> cut(prompt, KEPT / 2, KEPT / 2);
      case CUT_AT_THE_END -> cut(prompt, KEPT, 0);
      case LOWER_CASE -> prompt.toLowerCase(java.util.Locale.ROOT);
      case EMPTY -> "";
    };
  }

  /** Never cuts a character in two. */
  private static String cut(String prompt, int first, int last) {
    int length = prompt.codePointCount(0, prompt.length());
    return length <= KEPT
        ? prompt
        : prompt.substring(0, prompt.offsetByCodePoints(0, first))
            + "…"
            + prompt.substring(prompt.offsetByCodePoints(0, length - last));
  }
}
