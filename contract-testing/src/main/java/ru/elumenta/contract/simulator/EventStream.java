package ru.elumenta.contract.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.FaultKind;
import ru.elumenta.contract.scenario.StreamError;

/** A text as server-sent events, as documented or as faults have it. */
final class EventStream {
  private static final String DONE = "data: [DONE]\n\n";

  private EventStream() {}

  private static boolean isError(Fault fault) {
    return fault.kind() == FaultKind.EVENTS && fault.arguments().containsKey("afterWords");
  }

  private static Optional<Fault> error(Call call) {
    return call.fault() == null
        ? Optional.empty()
        : call.fault().parts().stream().filter(EventStream::isError).findFirst();
  }

  /** What a fault has the stream say of its failure. */
  static Optional<String> failure(Call call) {
    return error(call).map(fault -> fault.arguments().get("message"));
  }

  static Answer of(SimulatedGeneration made, Dialect dialect, Call call) {
    List<String> events = new ArrayList<>();
    Map<String, Object> start = new LinkedHashMap<>();
    start.put("type", "generation_start");
    start.put("id", made.id(dialect));
    start.put("model", made.model.slug());
    events.add(event(start));
    Optional<Fault> error = error(call);
    if (error.isPresent()) {
      int words = Integer.parseInt(error.get().arguments().get("afterWords"));
      List<String> text = words(made);
      events.addAll(text.subList(0, Math.min(words, text.size())));
      events.add(failed(error.get()));
      if (error.get().name().equals("streamErrorThenDone")) {
        events.add(DONE);
      }
    } else if (made.error != null) {
      events.add(event(Map.of("type", "error", "message", made.error)));
    } else {
      events.addAll(words(made));
      if (call.told("withoutEndEvent").or(() -> call.told("withoutAnyEnd")).isEmpty()) {
        events.add(end(made, dialect, call));
      }
      if (call.told("withoutDone").or(() -> call.told("withoutAnyEnd")).isEmpty()) {
        events.add(DONE);
      }
    }
    return new Answer(
        200, "text/event-stream", written(events, call).getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static List<String> words(SimulatedGeneration made) {
    List<String> events = new ArrayList<>();
    for (String word : made.text.split("(?<= )")) {
      Map<String, Object> delta = new LinkedHashMap<>();
      delta.put("type", "content_delta");
      delta.put("delta", word);
      events.add(event(delta));
    }
    return events;
  }

  private static String end(SimulatedGeneration made, Dialect dialect, Call call) {
    Map<String, Object> end = new LinkedHashMap<>();
    end.put("type", "generation_end");
    end.put("id", made.id(dialect));
    end.put(dialect == Dialect.FIRST ? "tokens_spent" : "tokens_used", made.price);
    if (dialect == Dialect.SECOND) {
      end.put("balance_remaining", call.account().balance);
    }
    return event(end);
  }

  private static String event(Map<String, Object> event) {
    return "data: " + Json.text(event) + "\n\n";
  }

  private static String failed(Fault fault) {
    StreamError form = StreamError.valueOf(fault.arguments().get("form").toUpperCase(Locale.ROOT));
    String message = fault.arguments().get("message");
    String data = form.data(form == StreamError.NAMED_TEXT ? message : Json.text(message));
    String lines = data.lines().map(line -> "data: " + line + "\n").collect(Collectors.joining());
    return (form.isNamed() ? "event: error\n" : "") + lines + "\n";
  }

  private static String written(List<String> events, Call call) {
    if (call.told("withoutEvents").isPresent()) {
      return "";
    }
    String between =
        (call.told("emptyEvents").isPresent() ? "data:\n\n" : "")
            + (call.told("comments").isPresent() ? ": keep-alive\n\n" : "");
    String unknown =
        call.told("unknownEvents").isPresent()
            ? "event: usage\nid: 7\nretry: 1000\ndata: {\"type\":\"usage_update\",\"tokens\":1}\n\n"
            : "";
    StringBuilder text = new StringBuilder(between);
    for (String each : events) {
      text.append(each).append(between);
      text.append(each == events.get(events.size() - 1) ? "" : unknown);
    }
    return call.told("crlfLines").isPresent()
        ? text.toString().replace("\n", "\r\n")
        : text.toString();
  }
}
