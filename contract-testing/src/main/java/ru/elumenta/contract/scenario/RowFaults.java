package ru.elumenta.contract.scenario;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What a history may look like other than documented: whoever looks a lost request up in it has to
 * live with this. The work is done and charged as ever.
 *
 * <pre>{@code
 * service.always().fail(RowFaults.rowClock(Duration.ofSeconds(-5)));
 * service.always().to("listHistory").fail(RowFaults.rewrittenPrompts(PromptForm.CRLF));
 * service.next().to("createGeneration")
 *     .fail(Fault.resetAfterProcessing().and(RowFaults.lateRows(Duration.ofMinutes(3))));
 * }</pre>
 *
 * <p>All rules that are armed with {@code ElumentaSimulator.always()} come together.
 */
public final class RowFaults {
  private RowFaults() {}

  /**
   * The clock that writes {@code created_at} and {@code completed_at} goes wrong by so much, and
   * the one of the {@code Date} header does not. Comes to generations and to the history.
   *
   * @param ahead negative if it is behind
   */
  public static Fault rowClock(Duration ahead) {
    return Fault.told("rowClock", FaultKind.ROWS, Map.of("ahead", ahead.toString()));
  }

  /** {@code created_at} and {@code completed_at} are written so. Comes where they are. */
  public static Fault rowTimes(RowTime form) {
    return Fault.told("rowTimes", FaultKind.ROWS, Map.of("form", word(form)));
  }

  /** The history writes the prompts so. */
  public static Fault rewrittenPrompts(PromptForm form) {
    return Fault.told("rewrittenPrompts", FaultKind.ROWS, Map.of("form", word(form)));
  }

  /**
   * A generation is in the history only when it is so old, in the simulator's time; by its id it is
   * found at once. Armed for the history it is about all, for a request that generates about that
   * one.
   */
  public static Fault lateRows(Duration time) {
    return Fault.told("lateRows", FaultKind.ROWS, Map.of("time", time.toString()));
  }

  /**
   * While this request is on its way others who share the account begin generations with its model,
   * prompt and parameters. They pay from the same balance; {@code ElumentaSimulator.charges()} and
   * {@code ElumentaSimulator.generationsCreated()} do not count them. They do so whether or not the
   * request itself is worked off.
   *
   * @param count how many
   * @param later how much later than this request they are created; negative for earlier
   */
  public static Fault rowsOfOthers(int count, Duration later) {
    return ofOthers(count, later, false);
  }

  /** The same with another size or duration, where the model takes one. */
  public static Fault rowsOfOthersWithOtherParameters(int count, Duration later) {
    return ofOthers(count, later, true);
  }

  private static Fault ofOthers(int count, Duration later, boolean differ) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("count", Integer.toString(positive(count)));
    arguments.put("later", later.toString());
    return Fault.told(
        differ ? "rowsOfOthersWithOtherParameters" : "rowsOfOthers", FaultKind.ROWS, arguments);
  }

  /** After each page of the history others begin so many generations: the next page is shifted. */
  public static Fault rowsAddedWhilePaging(int count) {
    return Fault.told(
        "rowsAddedWhilePaging", FaultKind.ROWS, Map.of("count", Integer.toString(positive(count))));
  }

  /** So many rows of each page of the history are null, before and between the others. */
  public static Fault nullRows(int count) {
    return oddRow("nullRows", count, "null");
  }

  /**
   * So many rows of each page are this, before and between the others.
   *
   * @param json any JSON: {@code "a text"}, {@code 7}, {@code []}, {@code {"id":[]}}
   */
  public static Fault oddRows(int count, String json) {
    return oddRow("oddRows", count, Objects.requireNonNull(json, "json"));
  }

  private static Fault oddRow(String name, int count, String json) {
    return Fault.told(
        name,
        FaultKind.ROWS,
        Map.of("count", Integer.toString(positive(count)), "row", AnswerFaults.json(json)));
  }

  /** The history says that it has so many rows, whatever it has. */
  public static Fault totalOfRows(long total) {
    return Fault.told("totalOfRows", FaultKind.ROWS, Map.of("total", Long.toString(total)));
  }

  /** The history begins with the oldest row. */
  public static Fault oldestRowsFirst() {
    return Fault.told("oldestRowsFirst", FaultKind.ROWS, Map.of());
  }

  private static String word(Enum<?> form) {
    return form.name().toLowerCase(Locale.ROOT);
  }

  private static int positive(int count) {
    if (count < 1 || count > 10_000) {
      throw new IllegalArgumentException("A number of rows is between 1 and 10,000.");
    }
    return count;
  }
}
