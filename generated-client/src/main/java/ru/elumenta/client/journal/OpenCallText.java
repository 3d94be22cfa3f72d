package ru.elumenta.client.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import ru.elumenta.client.journal.OpenCall.State;

/** The form of a call in text: one line of JSON that says its version. */
final class OpenCallText {
  static final JsonMapper JSON = new JsonMapper();
  private static final int VERSION = 1;

  private OpenCallText() {}

  static String encode(OpenCall call) {
    return toJson(call).toString();
  }

  static ObjectNode toJson(OpenCall call) {
    ObjectNode json =
        JSON.createObjectNode()
            .put("version", VERSION)
            .put("id", call.id())
            .put("operation", call.operation())
            .put("opened_at", call.openedAt().toString())
            .put("last_sent_at", call.lastSentAt().toString())
            .put("attempts", call.attempts())
            .put("state", call.state().name());
    call.model().ifPresent(model -> json.put("model", model));
    call.clockSkew().ifPresent(skew -> json.put("clock_skew", skew.toString()));
    call.lostAt().ifPresent(lost -> json.put("lost_at", lost.toString()));
    RequestFingerprint request = call.request();
    ObjectNode sent = json.putObject("request").put("whole", request.whole());
    request.prompt().ifPresent(prompt -> sent.set("prompt", JSON.valueToTree(prompt.hashes())));
    ObjectNode parameters = sent.putObject("parameters");
    request.parameters().forEach(parameters::put);
    return json;
  }

  static OpenCall decode(String text) {
    try {
      return fromJson(JSON.readTree(text == null ? "" : text));
    } catch (IOException e) { // its message shows the text
      throw new IllegalArgumentException("It is not JSON, or is cut off.");
    }
  }

  static OpenCall fromJson(JsonNode json) {
    int version = json.path("version").asInt();
    if (version > VERSION) {
      throw new JournalException(
          "An open call was written by a later version of this client: its form is %d, and this one reads up to %d."
              .formatted(version, VERSION),
          "Use that version, or a newer one.",
          null);
    }
    if (version < 1) {
      throw new IllegalArgumentException("It is no call, or does not say its version.");
    }
    try {
      return new OpenCall(
          json.path("id").asText(),
          json.path("operation").asText(),
          text(json, "model"),
          request(json.path("request")),
          Instant.parse(json.path("opened_at").asText()),
          Instant.parse(json.path("last_sent_at").asText()),
          text(json, "clock_skew").map(Duration::parse),
          json.path("attempts").asInt(),
          State.valueOf(json.path("state").asText()),
          text(json, "lost_at").map(Instant::parse));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("A member is missing or is not what it should be.");
    }
  }

  private static RequestFingerprint request(JsonNode json) {
    TreeMap<String, String> parameters = new TreeMap<>();
    json.path("parameters")
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
    Optional<PromptFingerprint> prompt =
        Optional.ofNullable(json.get("prompt"))
            .map(hashes -> PromptFingerprint.ofHashes(JSON.convertValue(hashes, String[].class)));
    return new RequestFingerprint(json.path("whole").asText(), prompt, parameters);
  }

  private static Optional<String> text(JsonNode json, String member) {
    return Optional.ofNullable(json.get(member)).map(JsonNode::asText);
  }
}
