package ru.elumenta.client.internal.stream;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How an event says that the generation failed. Documented is {@code {"type": "error", "message":
 * …}}; the service's own envelope, those of the models behind it, of frameworks and of gateways
 * arrive within a stream as well, and none of them may pass for the end of a text.
 */
final class FailureSigns {
  /** Types of events, names, states and reasons for an end that mean a failure. */
  private static final Pattern FAILED =
      Pattern.compile(
          "(?:.*[._\\- ])?(?:error|errors|errored|fail|failed|failure|fatal|exception|aborted"
              + "|cancell?ed|expired|rejected|timeout|timed[_ -]?out)");

  /** The ends of a text that was not allowed to be whole. */
  private static final Set<String> WITHHELD =
      Set.of("content_filter", "content_policy", "safety", "moderation", "prohibited_content");

  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9]*+(?:[_.-][a-z0-9]++)*+");
  private static final Pattern SAYS_SO =
      Pattern.compile("(?i)\\b(?:error|fail|unavailable|overload|timed? ?out|denied|refused)");

  /** Without one of these nothing in here applies, and the event need not be read twice. */
  private static final List<String> HINTS =
      List.of(
          "rror", "ail", "uccess", "\"ok\"", "tat", "reason", "code", "message", "bort", "xcept",
          "ancel", "xpired", "eject", "ime", "atal");

  private FailureSigns() {}

  /**
   * What was said about a failure.
   *
   * @param words a description, or null
   * @param code a code, or null
   * @param details all members of the event
   */
  record Said(String words, String code, Map<String, Object> details) {}

  static boolean isPossible(String data) {
    for (int i = 0; i < HINTS.size(); i++) { // for each piece of a text: no stream
      if (data.contains(HINTS.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name or type of an event says so. */
  static boolean isFailure(String name) {
    return name != null && FAILED.matcher(name.strip().toLowerCase(Locale.ROOT)).matches();
  }

  /**
   * Reads an event.
   *
   * @param name what its {@code event:} line says, or null
   * @param isDocumented whether its type is one of the documented ones
   */
  static Optional<Said> in(String name, boolean isDocumented, Map<String, Object> members) {
    boolean isUntyped = text(members.get("type")) == null && (name == null || isPlain(name));
    boolean failed =
        isFailure(name)
            || isFailure(text(members.get("type")))
            || says(members.get("error"), isUntyped)
            || says(members.get("errors"), false)
            || isFalse(members.get("success"))
            || isFalse(members.get("ok"))
            || isFailedState(members.get("status"))
            || isFailedState(members.get("state"))
            || isFailedEnd(members)
            || (isUntyped && !isDocumented && isBareEnvelope(members));
    return failed ? Optional.of(said(members)) : Optional.empty();
  }

  private static boolean isPlain(String name) {
    return name.isBlank() || name.equals("message") || name.equals("data");
  }

  /** Null, false, an empty text or list says nothing; an empty object only beside a type. */
  private static boolean says(Object error, boolean isUntyped) {
    if (error instanceof Map<?, ?> object) {
      return isUntyped || !object.isEmpty();
    }
    if (error instanceof Collection<?> list) {
      return !list.isEmpty();
    }
    return error instanceof String text
        ? !text.isBlank()
            && !Set.of("none", "null", "false").contains(text.toLowerCase(Locale.ROOT))
        : error != null && !isFalse(error) && !(error instanceof Number n && n.intValue() == 0);
  }

  private static boolean isFalse(Object value) {
    return Boolean.FALSE.equals(value) || (value instanceof String text && text.equals("false"));
  }

  private static boolean isFailedState(Object state) {
    return state instanceof Number status
        ? isErrorStatus(status.longValue())
        : isFailure(text(state)) || isErrorStatus(number(text(state)));
  }

  private static boolean isErrorStatus(long status) {
    return status >= 400 && status <= 599;
  }

  private static long number(String text) {
    return text != null && text.matches("\\d{3}") ? Long.parseLong(text) : 0;
  }

  private static boolean isFailedEnd(Map<String, Object> members) {
    return Stream.concat(Stream.of(members), objects(members.get("choices")))
        .flatMap(each -> Stream.of("finish_reason", "stop_reason", "finishReason").map(each::get))
        .map(FailureSigns::text)
        .anyMatch(
            reason ->
                isFailure(reason)
                    || (reason != null && WITHHELD.contains(reason.toLowerCase(Locale.ROOT))));
  }

  /** {@code {"detail": …}} of a framework, {@code {"code": …, "message": …}} of a gateway. */
  private static boolean isBareEnvelope(Map<String, Object> members) {
    String message = text(members.get("message"));
    Object code = members.get("code") != null ? members.get("code") : members.get("statusCode");
    return says(members.get("detail"), false)
        || (message != null && code != null && !isFine(code))
        || (message != null && members.size() <= 2 && SAYS_SO.matcher(message).find());
  }

  private static boolean isFine(Object code) {
    return code instanceof Number status && !isErrorStatus(status.longValue());
  }

  private static Said said(Map<String, Object> members) {
    Map<?, ?> inner = inner(members);
    String error = text(members.get("error"));
    boolean isCode = error != null && error.length() <= 100 && CODE.matcher(error).matches();
    String code =
        isCode
            ? error
            : first(inner.get("code"), inner.get("type"), members.get("code"), number(members));
    String words =
        first(
            members.get("message"),
            inner.get("message"),
            inner.get("detail"),
            inner.get("msg"),
            inner.get("error"),
            isCode ? null : error,
            members.get("detail"),
            members.get("details"),
            members.get("error_message"),
            members.get("reason"),
            members.get("data"),
            code,
            members.get("finish_reason"));
    return new Said(words, code, members);
  }

  private static Object number(Map<String, Object> members) {
    return members.get("status") instanceof Number status ? status : null;
  }

  /** The object, or the first of a list, that describes the failure. */
  private static Map<?, ?> inner(Map<String, Object> members) {
    return Stream.of("error", "errors", "detail", "data")
        .map(members::get)
        .flatMap(FailureSigns::objects)
        .findFirst()
        .orElse(Map.of());
  }

  private static Stream<Map<?, ?>> objects(Object value) {
    if (value instanceof Map<?, ?> object) {
      return Stream.of(object);
    }
    return value instanceof Collection<?> list
        ? list.stream().filter(Map.class::isInstance).map(each -> (Map<?, ?>) each)
        : Stream.empty();
  }

  private static String first(Object... values) {
    return Arrays.stream(values)
        .map(value -> value instanceof Number ? value.toString() : text(firstOf(value)))
        .filter(text -> text != null)
        .findFirst()
        .orElse(null);
  }

  private static Object firstOf(Object value) {
    return value instanceof List<?> list && !list.isEmpty() ? list.get(0) : value;
  }

  private static String text(Object value) {
    return value instanceof String text && !text.isBlank() ? text : null;
  }
}
