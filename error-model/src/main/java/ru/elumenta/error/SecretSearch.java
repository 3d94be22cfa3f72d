package ru.elumenta.error;

import java.util.BitSet;

/**
 * Finds one secret in texts, in time linear in the text however much of it almost is the secret
 * (Knuth, Morris and Pratt).
 *
 * <p>Backslashes do not count, and {@code \}{@code u} with four digits is the character it names,
 * in secret and text alike: so a secret is found as it is, and as JSON writes it, and JSON within a
 * text of JSON, however deep.
 */
final class SecretSearch {
  private static final int DIGITS = 4;

  private final char[] wanted;
  private final int[] fallback;
  private final boolean countsBackslashes;
  private final boolean endsWithBackslash;

  /**
   * Prepares the search.
   *
   * @param shortest how long the secret must be without its backslashes for these not to count
   */
  SecretSearch(String secret, int shortest) {
    Symbols plain = new Symbols(secret, false);
    StringBuilder text = new StringBuilder();
    while (plain.next()) {
      text.append(plain.symbol);
    }
    countsBackslashes = text.length() < shortest; // or a word that happens to be left would do
    wanted = (countsBackslashes ? secret : text.toString()).toCharArray();
    endsWithBackslash = secret.endsWith("\\");
    fallback = fallbackOf(wanted);
  }

  private static int[] fallbackOf(char[] wanted) {
    int[] fallback = new int[wanted.length];
    int matched = 0;
    for (int i = 1; i < wanted.length; i++) {
      while (matched > 0 && wanted[i] != wanted[matched]) {
        matched = fallback[matched - 1];
      }
      matched += wanted[i] == wanted[matched] ? 1 : 0;
      fallback[i] = matched;
    }
    return fallback;
  }

  /**
   * Marks what of a text is the secret.
   *
   * @param end what begins there or later is not looked for; what begins before it is marked whole
   * @param secret where each character of it is marked
   */
  void mark(String text, int end, BitSet secret) {
    if (wanted.length == 0 || text.length() < wanted.length) {
      return;
    }
    Symbols symbols = new Symbols(text, countsBackslashes);
    int[] starts = new int[wanted.length]; // of the last symbols, by their number
    int matched = 0;
    int markedTo = 0;
    for (int number = 0; symbols.next(); number++) {
      starts[number % wanted.length] = symbols.start;
      while (matched > 0 && symbols.symbol != wanted[matched]) {
        matched = fallback[matched - 1];
      }
      matched += symbols.symbol == wanted[matched] ? 1 : 0;
      if (matched == wanted.length) {
        int start = starts[(number + 1) % wanted.length];
        if (start < end) {
          int after = endsWithBackslash ? symbols.afterBackslashes() : symbols.at;
          secret.set(Math.max(start, markedTo), after); // each is marked once
          markedTo = after;
        }
        matched = fallback[matched - 1];
      }
      int begin = matched == 0 ? symbols.at : starts[(number - matched + 1) % wanted.length];
      if (begin >= end) {
        return;
      }
    }
  }

  /** The characters that a text stands for, with where each begins. */
  private static final class Symbols {
    private final String text;
    private final boolean countsBackslashes;
    private int at;
    private int start;
    private char symbol;

    Symbols(String text, boolean countsBackslashes) {
      this.text = text;
      this.countsBackslashes = countsBackslashes;
    }

    boolean next() {
      start = at;
      while (at < text.length()) {
        boolean isEscaped = at > start;
        symbol = text.charAt(at++);
        if (countsBackslashes) {
          return true;
        }
        if (isEscaped && (symbol == 'u' || symbol == 'U')) {
          int named = numberAt(at);
          if (named >= 0) {
            at += DIGITS;
            symbol = (char) named;
          }
        }
        if (symbol != '\\') {
          return true;
        }
      }
      return false;
    }

    int afterBackslashes() {
      int after = at;
      while (after < text.length() && text.charAt(after) == '\\') {
        after++;
      }
      return after;
    }

    private int numberAt(int from) {
      if (from + DIGITS > text.length()) {
        return -1;
      }
      int number = 0;
      for (int i = from; i < from + DIGITS; i++) {
        int digit = Character.digit(text.charAt(i), 16);
        if (digit < 0) {
          return -1;
        }
        number = number * 16 + digit;
      }
      return number;
    }
  }
}
