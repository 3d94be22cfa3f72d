package ru.elumenta.contract.scenario;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the events of a stream may be other than documented. Come to requests whose answer is a
 * stream. Several go together with {@link Fault#and}.
 */
public final class StreamFaults {
  private StreamFaults() {}

  /**
   * The stream says after so many words that it failed, and ends. The generation is failed, and is
   * not charged.
   */
  public static Fault streamError(StreamError form, String message, int afterWords) {
    return error(form, message, afterWords, false);
  }

  /** The same, and {@code [DONE]} comes all the same. */
  public static Fault streamErrorThenDone(StreamError form, String message, int afterWords) {
    return error(form, message, afterWords, true);
  }

  private static Fault error(StreamError form, String message, int afterWords, boolean done) {
    if (afterWords < 0) {
      throw new IllegalArgumentException("A number of words is not negative.");
    }
    return Fault.told(
        done ? "streamErrorThenDone" : "streamError",
        FaultKind.EVENTS,
        Map.of(
            "form",
            form.name().toLowerCase(Locale.ROOT),
            "message",
            Objects.requireNonNull(message, "message"),
            "afterWords",
            Integer.toString(afterWords)));
  }

  private static Fault plain(String name) {
    return Fault.told(name, FaultKind.EVENTS, Map.of());
  }

  /** Empty events, {@code data:} and a blank line, stand before, between and after the others. */
  public static Fault emptyEvents() {
    return plain("emptyEvents");
  }

  /** Comments, {@code : keep-alive}, stand before, between and after the others. */
  public static Fault comments() {
    return plain("comments");
  }

  /** Events of a type that nobody documented stand between the others. */
  public static Fault unknownEvents() {
    return plain("unknownEvents");
  }

  /** Lines end with CR LF. */
  public static Fault crlfLines() {
    return plain("crlfLines");
  }

  /** Everything comes but {@code [DONE]}. */
  public static Fault withoutDone() {
    return plain("withoutDone");
  }

  /** The text comes, then {@code [DONE]}; the event that names the end does not. */
  public static Fault withoutEndEvent() {
    return plain("withoutEndEvent");
  }

  /** The text comes, and neither the event that names the end nor {@code [DONE]}. */
  public static Fault withoutAnyEnd() {
    return plain("withoutAnyEnd");
  }

  /** The stream ends before its first event: charged, but never told. */
  public static Fault withoutEvents() {
    return plain("withoutEvents");
  }
}
