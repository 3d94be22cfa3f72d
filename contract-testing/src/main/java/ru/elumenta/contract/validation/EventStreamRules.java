package ru.elumenta.contract.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.exchange.Rule;

/**
 * Holds a stream of server-sent events against the contract: each event, and how the stream ends.
 * Places are those of a list of events, counted from 0.
 *
 * <p>Pages: api-reference/generate/stream, guides/streaming.
 */
final class EventStreamRules {
  private static final String DONE = "[DONE]";

  /** What each documented kind of event has. */
  private static final Map<String, List<String>> MEMBERS =
      Map.of(
          "generation_start", List.of("id", "model"),
          "content_delta", List.of("delta"),
          "generation_end", List.of("id"),
          "error", List.of("message"));

  private final SharedContract contract;
  private final FindingList findings;
  private int events;
  private boolean isDone;
  private boolean isEnded;

  EventStreamRules(SharedContract contract, FindingList findings) {
    this.contract = contract;
    this.findings = findings;
  }

  void check(ResponseMessage response) {
    if (JsonText.utf8(response.body(), "body", findings).isEmpty() && response.isWhole()) {
      return;
    }
    String text = new String(response.body(), StandardCharsets.UTF_8);
    List<String> data = new ArrayList<>();
    // A carriage return alone ends a line as well.
    for (String line : text.split("\r\n|\n|\r", -1)) {
      if (line.isEmpty()) {
        event(data);
        data.clear();
      } else if (line.startsWith("data:")) {
        data.add(line.substring(line.startsWith("data: ") ? 6 : 5));
      } else if (response.isWhole()) {
        field(line);
      }
    }
    if (response.isWhole()) {
      if (!data.isEmpty()) {
        findings.add("/" + events, Rule.EVENT_FORM, "a blank line after the event", "the end");
        event(data);
      }
      if (!isDone && !isEnded) {
        findings.add(
            "body",
            Rule.STREAM_END,
            "generation_end, error or [DONE] at the end",
            "a stream of " + events + " events that breaks off");
      }
    }
  }

  /** Nothing but data is documented; readers of server-sent events skip fields and comments. */
  private void field(String line) {
    int colon = line.indexOf(':');
    String name = colon == 0 ? "a comment" : colon < 0 ? "another line" : "another field";
    findings.addTolerable("/" + events, Rule.EVENT_FORM, "data lines only", name);
  }

  private void event(List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    String data = String.join("\n", lines);
    String place = "/" + events;
    events++;
    if (isDone) {
      findings.add(place, Rule.STREAM_END, "nothing after [DONE]", "a further event");
      return;
    }
    if (data.strip().equals(DONE)) {
      isDone = true;
      return;
    }
    JsonText.read(data.getBytes(StandardCharsets.UTF_8), place, findings)
        .ifPresent(value -> event(value, place));
  }

  private void event(JsonNode value, String place) {
    JsonRules.check(value, contract.schema("GenerationEvent"), place, findings);
    String kind = value.path("type").asText("");
    isEnded = kind.equals("generation_end") || kind.equals("error");
    if (!value.path("type").isTextual()) {
      return;
    }
    if (!MEMBERS.containsKey(kind)) {
      findings.addTolerable(
          place + "/type",
          Rule.EVENT_KIND,
          "one of generation_start, content_delta, generation_end, error",
          findings.shown().value("/type", value.path("type")));
    }
    for (String member : MEMBERS.getOrDefault(kind, List.of())) {
      if (!value.hasNonNull(member)) {
        findings.add(place + "/" + member, Rule.REQUIRED, "a member of " + kind, "none");
      }
    }
  }
}
