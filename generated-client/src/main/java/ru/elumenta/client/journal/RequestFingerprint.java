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
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tells one request from another without showing it.
 *
 * <p>Two requests with the same {@link #whole} are the same to the letter, and either may have what
 * the other made. A row of the history shows less: its prompt is compared with {@link #prompt},
 * what else it shows with {@link #contradicts}. Immutable and thread-safe.
 */
public final class RequestFingerprint {
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

  /** What is to be hashed; null once it is. Guarded by this. */
  private @Nullable Supplier<? extends Map<String, ?>> unread;

  private @Nullable Hashed hashed; // null until then; guarded by this

  private record Hashed(
      String whole, Optional<PromptFingerprint> prompt, SortedMap<String, String> parameters) {}

  /**
   * Creates one of what was kept of it.
   *
   * @param whole see {@link #whole}
   * @param prompt see {@link #prompt}
   * @param parameters see {@link #parameters}
   */
  public RequestFingerprint(
      String whole, Optional<PromptFingerprint> prompt, SortedMap<String, String> parameters) {
    if (Objects.requireNonNull(whole, "whole").isEmpty()) {
      throw new IllegalArgumentException("The hash of the request must not be empty.");
    }
    this.hashed =
        new Hashed(
            whole,
            Objects.requireNonNull(prompt, "prompt"),
            Collections.unmodifiableSortedMap(new TreeMap<>(parameters)));
  }

  private RequestFingerprint(Supplier<? extends Map<String, ?>> unread) {
    this.unread = unread;
  }

  /**
   * Returns that of a request.
   *
   * @param members what is sent, as JSON would have it: maps, lists, strings, numbers, booleans.
   *     The members of {@code params}, which the documentation has in some samples and not in
   *     others, count as the request's own
   */
  public static RequestFingerprint of(Map<String, ?> members) {
    return ofUnchanging(() -> members).settled();
  }

  /**
   * Returns the same of members that nobody will change any more. Hashes of a long prompt take
   * their time, and are of use only if the answer is lost or the journal is a file: they are made
   * when somebody asks for one, and until then the supplier is kept. It is asked once.
   */
  public static RequestFingerprint ofUnchanging(Supplier<? extends Map<String, ?>> members) {
    return new RequestFingerprint(members);
  }

  /** Makes the hashes and forgets the members, so that nothing keeps a prompt. */
  RequestFingerprint settled() {
    hashed();
    return this;
  }

  private synchronized Hashed hashed() {
    if (hashed == null) {
      hashed = hashed(Objects.requireNonNull(unread).get());
      unread = null;
    }
    return hashed;
  }

  private static Hashed hashed(Map<String, ?> members) {
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
    return new Hashed(
        Hashes.ofJson(members), prompt, Collections.unmodifiableSortedMap(parameters));
  }

  /** Returns the hash of all that was sent, in whatever order. */
  public String whole() {
    return hashed().whole();
  }

  /** Returns that of the prompt; empty if the input was elsewhere. */
  public Optional<PromptFingerprint> prompt() {
    return hashed().prompt();
  }

  /**
   * Returns, by name, the settings of a short list (size, duration, voice …) as they were sent, and
   * hashes of everything else, each with a {@code #} before it.
   */
  public SortedMap<String, String> parameters() {
    return hashed().parameters();
  }

  private static void put(Map<String, String> parameters, String name, @Nullable Object value) {
    if (value != null) {
      String normal = normal(value);
      boolean isShown =
          SHOWN.contains(name) && isScalar(value) && HARMLESS.matcher(normal).matches();
      parameters.put(name, isShown ? normal : hashOf(value));
    }
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static String hashOf(Object value) {
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
    String sent = parameters().get(name);
    if (sent == null || shown == null) {
      return false;
    }
    return !sent.equals(sent.startsWith(HASH) ? hashOf(shown) : normal(shown));
  }

  /** The parameters that may be read. */
  SortedMap<String, String> shown() {
    TreeMap<String, String> shown = new TreeMap<>(parameters());
    shown.values().removeIf(value -> value.startsWith(HASH));
    return shown;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RequestFingerprint that && hashed().equals(that.hashed());
  }

  @Override
  public int hashCode() {
    return hashed().hashCode();
  }

  /** Shows no hash. */
  @Override
  public String toString() {
    return "RequestFingerprint" + shown();
  }
}
