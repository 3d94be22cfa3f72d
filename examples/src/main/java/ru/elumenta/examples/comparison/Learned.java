package ru.elumenta.examples.comparison;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.error.Execution;

/**
 * What the caller of a client is left with.
 *
 * @param charges how often it was charged as far as it can tell: 0, 1 or ?
 */
record Learned(String text, String charges, boolean hasResult) {
  private static final Pattern WHOLE = Pattern.compile("\\{\"id\":(\\d+),.*}");

  /** The table of the error-handling page. All of these cost nothing. */
  private static final Set<Integer> DOCUMENTED =
      Set.of(400, 401, 402, 403, 404, 422, 429, 500, 503);

  static Learned result(String id) {
    return new Learned("the result " + id, "1", true);
  }

  /** Reads a body that a client handed out as that of a success. */
  static Learned body(String body) {
    Matcher whole = WHOLE.matcher(body);
    return whole.matches()
        ? result(whole.group(1))
        : new Learned("half a body, and no exception", "?", false);
  }

  /** An exception that says itself whether the call was executed. */
  static Learned exception(Exception e, Execution execution) {
    String charges =
        switch (execution) {
          case NOT_EXECUTED -> "0";
          case EXECUTED -> "1";
          case UNKNOWN -> "?";
        };
    return new Learned(e.getClass().getSimpleName() + ", " + execution, charges, false);
  }

  /** A status, which tells those the cost who know the documentation. */
  static Learned status(String exception, int status) {
    return new Learned(
        exception + ", HTTP " + status, DOCUMENTED.contains(status) ? "0" : "?", false);
  }

  /** An exception that says nothing of the cost. */
  static Learned exception(Exception e) {
    return new Learned(e.getClass().getSimpleName() + ": " + e.getMessage(), "?", false);
  }
}
