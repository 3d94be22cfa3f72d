package ru.elumenta.contract.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ru.elumenta.contract.scenario.AnswerFaults;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.PromptForm;
import ru.elumenta.contract.scenario.RowFaults;
import ru.elumenta.contract.scenario.RowTime;
import ru.elumenta.contract.scenario.StreamError;
import ru.elumenta.contract.scenario.StreamFaults;

/** The faults by name, for those who arm them from a command line, over HTTP or by a click. */
public final class FaultCatalog {
  private static final Map<String, Entry> ENTRIES = new LinkedHashMap<>();

  static {
    add("modelUnavailable", "503, nothing is charged", given -> Fault.modelUnavailable());
    add("providerError", "500, nothing is charged", given -> Fault.providerError());
    add(
        "rateLimited",
        "429, nothing is charged",
        given -> Fault.rateLimited(given.time("retryAfter")),
        "retryAfter=30s");
    add("tokenExpired", "401, nothing is charged", given -> Fault.tokenExpired());
    add(
        "error",
        "any status with any code, nothing is charged",
        given -> Fault.error(given.status(), given.text("code")),
        "status=500",
        "code=provider_error");
    add(
        "wrongEnvelope",
        "a status with other JSON, nothing is charged",
        given -> Fault.wrongEnvelope(given.status()),
        "status=502");
    add(
        "htmlPage",
        "a status with a proxy's page, nothing is charged",
        given -> Fault.htmlPage(given.status()),
        "status=502");
    add(
        "resetBeforeProcessing",
        "the connection is reset, nothing is charged",
        given -> Fault.resetBeforeProcessing());
    add(
        "resetAfterProcessing",
        "the connection is reset: charged, but never told",
        given -> Fault.resetAfterProcessing());
    add("gatewayTimeout", "a 504 page: charged, but never told", given -> Fault.gatewayTimeout());
    add("truncatedBody", "half of the answer, and the connection ends", g -> Fault.truncatedBody());
    add("brokenJson", "a whole answer with half of its JSON", given -> Fault.brokenJson());
    add("stall", "half of the answer, then silence", given -> Fault.stall());
    add("delay", "the answer comes late", given -> Fault.delay(given.positive("time")), "time=2s");
    add(
        "drip",
        "the answer comes byte by byte",
        given -> Fault.drip(given.positive("pause")),
        "pause=10ms");
    add(
        "failedGeneration",
        "status: failed, not charged",
        given -> Fault.failedGeneration(given.text("error")),
        "error=Content policy violation");
    add("slowJob", "a job of this length", g -> Fault.slowJob(g.positive("time")), "time=10m");
    add("neverEndingJob", "a job that stays pending", given -> Fault.neverEndingJob());
    rows();
    answers();
    streams();
  }

  private FaultCatalog() {}

  private static void rows() {
    add(
        "rowClock",
        "created_at by another clock than Date",
        given -> RowFaults.rowClock(given.time("ahead")),
        "ahead=-5s");
    add(
        "rowTimes",
        "created_at is written so: " + words(RowTime.values()),
        given -> RowFaults.rowTimes(given.word("form", RowTime.class)),
        "form=without_zone");
    add(
        "rewrittenPrompts",
        "the history writes prompts so: " + words(PromptForm.values()),
        given -> RowFaults.rewrittenPrompts(given.word("form", PromptForm.class)),
        "form=crlf");
    add(
        "lateRows",
        "a generation is in the history only when it is so old",
        given -> RowFaults.lateRows(given.positive("time")),
        "time=3m");
    add(
        "rowsOfOthers",
        "others who share the account do the same",
        given -> RowFaults.rowsOfOthers(given.number("count"), given.time("later")),
        "count=1",
        "later=0s");
    add(
        "rowsOfOthersWithOtherParameters",
        "the same with another size or duration",
        given ->
            RowFaults.rowsOfOthersWithOtherParameters(given.number("count"), given.time("later")),
        "count=1",
        "later=0s");
    add(
        "rowsAddedWhilePaging",
        "after each page there are more rows before it",
        given -> RowFaults.rowsAddedWhilePaging(given.number("count")),
        "count=1");
    add("nullRows", "rows are null", g -> RowFaults.nullRows(g.number("count")), "count=1");
    add(
        "oddRows",
        "rows are this",
        given -> RowFaults.oddRows(given.number("count"), given.text("json")),
        "count=1",
        "json={}");
    add(
        "totalOfRows",
        "the history says that it has so many",
        given -> RowFaults.totalOfRows(given.number("total")),
        "total=0");
    add("oldestRowsFirst", "the history begins with the oldest", g -> RowFaults.oldestRowsFirst());
  }

  private static void answers() {
    add(
        "member",
        "a member is this",
        given -> AnswerFaults.member(given.text("name"), given.text("json")),
        "name=thumbnail_url",
        "json=[]");
    add(
        "withoutMember",
        "a member is missing",
        given -> AnswerFaults.withoutMember(given.text("name")),
        "name=id");
    add(
        "renamedMember",
        "a member has another name",
        given -> AnswerFaults.renamedMember(given.text("name"), given.text("other")),
        "name=id",
        "other=generation_id");
    add(
        "wordForCompleted",
        "another word for the status completed",
        given -> AnswerFaults.wordForCompleted(given.text("word")),
        "word=Completed");
    add(
        "wordForPending",
        "another word for the status pending",
        given -> AnswerFaults.wordForPending(given.text("word")),
        "word=queued");
    add("emptyObject", "{}: charged, but never told", given -> AnswerFaults.emptyObject());
    add("emptyBody", "no body: charged, but never told", given -> AnswerFaults.emptyBody());
    add(
        "answerAfterProcessing",
        "this answer: charged, but never told",
        given ->
            AnswerFaults.answerAfterProcessing(
                given.status(), given.text("type"), given.text("body")),
        "status=200",
        "type=application/json",
        "body={}");
  }

  private static void streams() {
    String[] error = {"form=documented", "message=Provider returned an error", "afterWords=2"};
    String forms = "the stream says that it failed, so: " + words(StreamError.values());
    add(
        "streamError",
        forms,
        given ->
            StreamFaults.streamError(
                given.word("form", StreamError.class),
                given.text("message"),
                given.number("afterWords")),
        error);
    add(
        "streamErrorThenDone",
        forms + "; and [DONE]",
        given ->
            StreamFaults.streamErrorThenDone(
                given.word("form", StreamError.class),
                given.text("message"),
                given.number("afterWords")),
        error);
    add("emptyEvents", "data: and a blank line between events", g -> StreamFaults.emptyEvents());
    add("comments", "comments between events", given -> StreamFaults.comments());
    add("unknownEvents", "unknown events between events", given -> StreamFaults.unknownEvents());
    add("crlfLines", "lines end with CR LF", given -> StreamFaults.crlfLines());
    add("withoutDone", "everything but [DONE]", given -> StreamFaults.withoutDone());
    add("withoutEndEvent", "the text, then [DONE]", given -> StreamFaults.withoutEndEvent());
    add("withoutAnyEnd", "the text, and no end", given -> StreamFaults.withoutAnyEnd());
    add("withoutEvents", "no event: charged, but never told", g -> StreamFaults.withoutEvents());
  }

  private static String words(Enum<?>[] values) {
    return Stream.of(values)
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  /**
   * A fault that can be named.
   *
   * @param says what it does
   * @param parameters what may be given with it, and what it is otherwise
   */
  public record Entry(
      String name,
      String says,
      Map<String, String> parameters,
      Function<FaultArguments, Fault> maker) {
    /** Returns the operations that it can come to. */
    public List<String> operations() {
      return FaultReach.of(maker.apply(new FaultArguments(name, parameters)));
    }
  }

  private static void add(
      String name, String says, Function<FaultArguments, Fault> maker, String... parameters) {
    Map<String, String> defaults = new LinkedHashMap<>();
    for (String each : parameters) {
      String[] parts = each.split("=", 2);
      defaults.put(parts[0], parts[1]);
    }
    ENTRIES.put(name, new Entry(name, says, defaults, maker));
  }

  /** Returns all. */
  public static List<Entry> entries() {
    return List.copyOf(ENTRIES.values());
  }

  /**
   * Makes a fault.
   *
   * @param given what is not given is as in {@link Entry#parameters}
   * @throws IllegalArgumentException with a sentence that lists what is possible
   */
  public static Fault fault(String name, Map<String, String> given) {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "There is no fault %s; there are %s."
              .formatted(name, String.join(", ", ENTRIES.keySet())));
    }
    Map<String, String> arguments = new LinkedHashMap<>(entry.parameters);
    given.forEach(
        (parameter, value) -> {
          if (arguments.replace(parameter, value) == null) {
            throw new IllegalArgumentException(
                "The fault %s takes no %s; it takes %s."
                    .formatted(
                        name,
                        parameter,
                        arguments.isEmpty()
                            ? "nothing"
                            : String.join(", ", entry.parameters.keySet())));
          }
        });
    return entry.maker.apply(new FaultArguments(name, arguments));
  }

  /** Refuses, as arming would, what could never happen; null is any operation. */
  public static void check(Fault fault, String operation) {
    FaultReach.check(fault, operation);
  }
}
