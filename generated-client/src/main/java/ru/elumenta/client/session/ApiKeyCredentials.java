package ru.elumenta.client.session;

import java.util.regex.Pattern;

/** An API key that has been looked at before it is first sent, and that does not print itself. */
final class ApiKeyCredentials implements Credentials {
  private static final int SHOWN = 3;
  private static final String BRACKETS = "<>{}[]()«»‹›";
  private static final String QUOTES = "\"'`´“”„‟‘’‚";
  private static final Pattern SCHEME = Pattern.compile("(?i)bearer[\\s:=]");

  /** {@code ELUMENTA_API_KEY=…}, {@code $NAME}, {@code %NAME%}, {@code api-key: …}. */
  private static final Pattern VARIABLE =
      Pattern.compile(
          "(?i)elumenta_api_key|^[$%]|^(?:export|set|setx|env)\\s|^[\\w.-]*api[_-]?key\\s*[=:]"
              + "|^authorization\\s*[=:]");

  private final String key;

  ApiKeyCredentials(String key) {
    this.key = checked(key);
  }

  @Override
  public String bearerToken() {
    return key;
  }

  /** Prefix and length only, for example {@code nb_…(48 characters)}. */
  @Override
  public String toString() {
    String prefix = key.length() >= 4 * SHOWN ? key.substring(0, SHOWN) : "";
    return prefix + "…(" + key.length() + " characters)";
  }

  /** Each sentence tells what to look at; none shows the key. */
  private static String checked(String key) {
    if (key == null) {
      throw invalid("The API key is null: pass the key, or set ELUMENTA_API_KEY for fromEnv().");
    }
    if (key.isBlank()) {
      throw invalid("The API key is blank: pass the key as it was shown when it was created.");
    }
    if (key.endsWith("\n") || key.endsWith("\r") || key.startsWith("\n") || key.startsWith("\r")) {
      throw invalid(
          "The API key begins or ends with a line break, which often comes from reading it out of a"
              + " file: strip() it.");
    }
    if (!key.equals(key.strip())) {
      throw invalid("The API key begins or ends with white space: strip() it.");
    }
    if (SCHEME.matcher(key).lookingAt()) {
      throw invalid("The API key begins with \"Bearer \": pass the key alone.");
    }
    if (isQuote(key.charAt(0)) || isQuote(key.charAt(key.length() - 1))) {
      throw invalid("The API key stands in quotation marks: pass the key alone, without them.");
    }
    if (VARIABLE.matcher(key).find()) {
      throw invalid(
          "The API key contains the name of the variable it is kept in: pass the value alone, or"
              + " use ElumentaClient.fromEnv().");
    }
    if (BRACKETS.indexOf(key.charAt(0)) >= 0
        || BRACKETS.indexOf(key.charAt(key.length() - 1)) >= 0) {
      throw invalid(
          "The API key stands in brackets, as placeholders do: pass the key alone, without them.");
    }
    if (key.endsWith(";") || key.endsWith(",")) {
      throw invalid("The API key ends with a semicolon or comma: pass the key alone.");
    }
    if (key.chars().anyMatch(Character::isISOControl)) {
      throw invalid("The API key contains a control character or line break: copy it again.");
    }
    if (!key.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw invalid(
          "The API key contains a space or a character that is not ASCII: copy it again.");
    }
    return key;
  }

  private static boolean isQuote(char character) {
    return QUOTES.indexOf(character) >= 0;
  }

  private static IllegalArgumentException invalid(String sentence) {
    return new IllegalArgumentException(sentence);
  }
}
