package ru.elumenta.contract.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.PromptForm;
import ru.elumenta.contract.scenario.RowTime;

/** What the faults of rows do to the history and to what is shown of generations. */
final class RowChanges {
  private RowChanges() {}

  static Duration duration(Fault fault, String argument) {
    return Duration.parse(fault.arguments().get(argument));
  }

  static int count(Fault fault) {
    return Integer.parseInt(fault.arguments().get("count"));
  }

  /** Which generations the history has at this moment, in its order. */
  static List<SimulatedGeneration> shown(List<SimulatedGeneration> newestFirst, Call call) {
    Duration late =
        call.told("lateRows").map(fault -> duration(fault, "time")).orElse(Duration.ZERO);
    List<SimulatedGeneration> rows = new ArrayList<>();
    for (SimulatedGeneration each : newestFirst) {
      boolean isOldEnough = !call.now().isBefore(each.createdAt.plus(late));
      if ((late.isZero() || isOldEnough) && !call.now().isBefore(each.shownFrom)) {
        rows.add(each);
      }
    }
    if (call.told("oldestRowsFirst").isPresent()) {
      Collections.reverse(rows);
    }
    return rows;
  }

  /** Options that the model takes too, and that show in what it makes. */
  static Map<String, Object> differing(SimulatedModel model, Map<String, Object> options) {
    Map<String, Object> other = new LinkedHashMap<>(options);
    if (model.category().equals("video")) {
      other.put("duration", options.get("duration") instanceof Integer ten && ten == 10 ? 5 : 10);
    } else {
      other.put("size", "1792x1024".equals(options.get("size")) ? "1024x1024" : "1792x1024");
    }
    return other;
  }

  /** Changes an answer. */
  static JsonNode apply(JsonNode answer, Fault fault) {
    switch (fault.name()) {
      case "rowClock" -> times(answer, duration(fault, "ahead"), Optional.empty());
      case "rowTimes" -> times(answer, Duration.ZERO, Optional.of(RowTime.valueOf(form(fault))));
      case "rewrittenPrompts" -> prompts(answer, PromptForm.valueOf(form(fault)));
      case "nullRows", "oddRows" -> oddRows(answer, fault);
      case "totalOfRows" ->
          ((ObjectNode) answer).put("total", Long.parseLong(fault.arguments().get("total")));
      default -> {
        // What the service itself does differently.
      }
    }
    return answer;
  }

  private static String form(Fault fault) {
    return fault.arguments().get("form").toUpperCase(Locale.ROOT);
  }

  private static void times(JsonNode answer, Duration ahead, Optional<RowTime> form) {
    for (ObjectNode each : ToldAnswer.objects(answer)) {
      for (String member : List.of("created_at", "completed_at")) {
        if (each.path(member).isTextual()) {
          Instant time = Instant.parse(each.get(member).asText()).plus(ahead);
          Object written = form.isPresent() ? form.get().write(time).orElse(null) : time.toString();
          if (form.equals(Optional.of(RowTime.ABSENT))) {
            each.remove(member);
          } else {
            each.putPOJO(member, written);
          }
        }
      }
    }
  }

  private static void prompts(JsonNode answer, PromptForm form) {
    for (ObjectNode each : ToldAnswer.objects(answer)) {
      if (each.path("prompt").isTextual()) {
        each.put("prompt", form.apply(each.get("prompt").asText()));
      }
    }
  }

  /** One before the others, then one after each. */
  private static void oddRows(JsonNode answer, Fault fault) {
    ArrayNode items = (ArrayNode) answer.get("items");
    JsonNode row = ToldAnswer.read(fault.arguments().get("row"));
    for (int i = 0; i < count(fault); i++) {
      items.insert(Math.min(2 * i, items.size()), row);
    }
  }
}
