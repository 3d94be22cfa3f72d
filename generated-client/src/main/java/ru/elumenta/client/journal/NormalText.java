package ru.elumenta.client.journal;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text without what a store, a template or a terminal changes on the way: entities, forms of
 * Unicode, white space and characters that nobody sees.
 */
final class NormalText {
  /** What an ellipsis becomes. */
  static final String ELLIPSIS = "...";

  /** Each takes off one layer, and nobody has so many. */
  private static final int MOST_PASSES = 20;

  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(\\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));");
  private static final Map<String, String> NAMED =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private NormalText() {}

  static String of(String text) {
    String plain = text;
    @Nullable String before = null;
    for (int i = 0; i < MOST_PASSES && !plain.equals(before) && plain.indexOf('&') >= 0; i++) {
      before = plain;
      plain = ENTITY.matcher(plain).replaceAll(NormalText::character);
    }
    String composed =
        Normalizer.isNormalized(plain, Form.NFKC) ? plain : Normalizer.normalize(plain, Form.NFKC);
    StringBuilder seen = new StringBuilder(composed.length());
    composed.codePoints().filter(NormalText::isSeen).forEach(seen::appendCodePoint);
    return seen.toString();
  }

  private static boolean isSeen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE, // half of a character that was cut
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> character != 0xFFFD; // what stands for half a character
    };
  }

  private static String character(MatchResult entity) {
    String name = entity.group(3);
    if (name != null) {
      return Matcher.quoteReplacement(NAMED.get(name));
    }
    int number =
        entity.group(1) != null
            ? Integer.parseInt(entity.group(1))
            : Integer.parseInt(entity.group(2), 16);
    return Matcher.quoteReplacement(
        Character.isValidCodePoint(number) ? Character.toString(number) : entity.group());
  }
}
