package ru.elumenta.client.journal;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tells one request from another without showing it.
 *
 * <p>Two requests with the same {@link #whole} are the same to the letter, and either may have what
 * the other made. A row of the history shows less: its prompt is compared with {@link #prompt},
 * what else it shows with {@link #contradicts}. Immutable.
 *
 * @param whole the hash of all that was sent, in whatever order
 * @param prompt of the prompt; empty if the input was elsewhere
 * @param parameters by name, the settings of a short list (size, duration, voice …) as they were
 *     sent, and hashes of everything else, each with a {@code #} before it
 */
public record RequestFingerprint(
    String whole, Optional<PromptFingerprint> prompt, SortedMap<String, String> parameters) {
  /** Harmless by their names; what is not listed may be a text, an address or a secret. */
  private static final Set<String> SHOWN =
      Set.of(
          "size",
          "width",
          "height",
          "aspect_ratio",
          "resolution",
          "duration",
          "duration_seconds",
          "quality",
          "style",
          "format",
          "image_format",
          "response_format",
          "voice",
          "voice_id",
          "speed",
          "language",
          "seed",
          "n",
          "fps",
          "temperature",
          "max_tokens",
          "stream");

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9.:/_+-]{1,32}");
  private static final Set<String> KEPT_APART = Set.of("model", "prompt", "params");
  private static final String HASH = "#";

  /** Checks and copies the members. */
  public RequestFingerprint {
    if (Objects.requireNonNull(whole, "whole").isEmpty()) {
      throw new IllegalArgumentException("The hash of the request must not be empty.");
    }
    Objects.requireNonNull(prompt, "prompt");
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /**
   * Returns that of a request.
   *
   * @param members what is sent, as JSON would have it: maps, lists, strings, numbers, booleans.
   *     The members of {@code params}, which the documentation has in some samples and not in
   *     others, count as the request's own
   */
  public static RequestFingerprint of(Map<String, ?> members) {
    TreeMap<String, String> parameters = new TreeMap<>();
    if (members.get("params") instanceof Map<?, ?> nested) {
      nested.forEach((name, value) -> put(parameters, String.valueOf(name), value));
    }
    members.forEach(
        (name, value) -> {
          if (!KEPT_APART.contains(name)) {
            put(parameters, name, value);
          }
        });
    Optional<PromptFingerprint> prompt =
        members.get("prompt") instanceof String text
            ? Optional.of(PromptFingerprint.of(text))
            : Optional.empty();
    return new RequestFingerprint(Hashes.ofJson(members), prompt, parameters);
  }

  private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
    if (value != null) {
      String normal = normal(value);
      boolean isShown =
          SHOWN.contains(name) && isScalar(value) && HARMLESS.matcher(normal).matches();
      parameters.put(name, isShown ? normal : hashed(value));
    }
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static String hashed(Object value) {
    return HASH + (isScalar(value) ? Hashes.ofText(normal(value)) : Hashes.ofJson(value));
  }

  /** A number may come back as text, and a word in capitals. */
  private static String normal(Object value) {
    if (value instanceof Number number) {
      return Hashes.plain(number);
    }
    String text = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    try {
      return Hashes.plain(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  /**
   * Returns whether a value that the service shows is another than the one that was sent. Of what
   * was not sent nothing can be said, as the service chooses; that is no contradiction.
   *
   * @param name as in the request, for example {@code size}
   * @param shown text, number or boolean; null for what is not shown
   */
  public boolean contradicts(String name, @Nullable Object shown) {
    String sent = parameters.get(name);
    if (sent == null || shown == null) {
      return false;
    }
    return !sent.equals(sent.startsWith(HASH) ? hashed(shown) : normal(shown));
  }

  /** The parameters that may be read. */
  SortedMap<String, String> shown() {
    TreeMap<String, String> shown = new TreeMap<>(parameters);
    shown.values().removeIf(value -> value.startsWith(HASH));
    return shown;
  }

  /** Shows no hash. */
  @Override
  public String toString() {
    return "RequestFingerprint" + shown();
  }
}
