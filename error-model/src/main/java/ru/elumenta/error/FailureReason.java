package ru.elumenta.error;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a generation ended with {@code status: failed}.
 *
 * <p>The service sends a sentence, never a code, so the reason is recognised by the words of that
 * sentence, in English and in Russian, without regard to case.
 */
public enum FailureReason {
  /** The model is overloaded or down: try later or with another model. */
  MODEL_OVERLOADED,
  /** The generation took longer than the service allows: try again, or ask for less. */
  TIMEOUT,
  /** Blocked by moderation: the same prompt will be refused again. */
  CONTENT_POLICY,
  /** The provider behind the service failed. */
  PROVIDER_ERROR,
  /** A sentence that fits none of the others, or no sentence. */
  OTHER;

  // Order matters: "Provider error: content policy violation" is a refusal of the prompt.
  private static final Pattern POLICY =
      Pattern.compile(
          "content["
              + " _-]?policy|\\bsafety|\\bmoderat(?:ion|ed)\\b|политик|модерац|безопасност|запрещ[её]н");
  private static final Pattern OVERLOADED =
      Pattern.compile(
          "overload|\\b503\\b|service unavailable|model[ _]unavailable|перегруж|недоступ");
  private static final Pattern TIMED_OUT =
      Pattern.compile("time-?out|timed out|deadline exceeded|время ожидания|тайм-?аут");
  private static final Pattern PROVIDER = Pattern.compile("provider|провайдер|поставщик");

  /**
   * Recognises the reason in the {@code error} text of a failed generation.
   *
   * @param error the text, may be null
   * @return the reason, {@link #OTHER} if nothing is recognised
   */
  public static FailureReason of(@Nullable String error) {
    if (error == null) {
      return OTHER;
    }
    String text = error.toLowerCase(Locale.ROOT);
    if (POLICY.matcher(text).find()) {
      return CONTENT_POLICY;
    }
    if (OVERLOADED.matcher(text).find()) {
      return MODEL_OVERLOADED;
    }
    if (TIMED_OUT.matcher(text).find()) {
      return TIMEOUT;
    }
    return PROVIDER.matcher(text).find() ? PROVIDER_ERROR : OTHER;
  }
}
