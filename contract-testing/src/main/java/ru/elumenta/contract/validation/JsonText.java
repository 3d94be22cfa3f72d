package ru.elumenta.contract.validation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import ru.elumenta.contract.exchange.Rule;

/** Reads JSON to the letter: UTF-8, one value, no member twice. */
final class JsonText {
  private static final JsonMapper STRICT =
      JsonMapper.builder(factory())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();
  private static final JsonMapper LENIENT = JsonMapper.builder(factory()).build();

  private JsonText() {}

  /** Pictures inside JSON are longer than the default allows. */
  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
        .build();
  }

  /** Reads a text; what is wrong with it becomes a finding at the place. */
  static Optional<JsonNode> read(byte[] bytes, String place, FindingList findings) {
    Optional<String> text = utf8(bytes, place, findings);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(STRICT.readTree(text.get()));
    } catch (JsonProcessingException e) {
      return secondReading(text.get(), e, place, findings);
    }
  }

  static Optional<String> utf8(byte[] bytes, String place, FindingList findings) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      findings.add(place, Rule.ENCODING, "UTF-8", "bytes that are no UTF-8");
      return Optional.empty();
    }
  }

  /** A text that is JSON but for a member that is there twice is judged further. */
  private static Optional<JsonNode> secondReading(
      String text, JsonProcessingException failure, String place, FindingList findings) {
    JsonLocation where = failure.getLocation();
    String at =
        where == null
            ? ""
            : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
    if (failure.getOriginalMessage().startsWith("Duplicate")) {
      try {
        findings.add(place, Rule.DUPLICATE_MEMBER, "each member once", "one twice" + at);
        return Optional.of(LENIENT.readTree(text));
      } catch (JsonProcessingException e) {
        // Broken further on as well: below.
      }
    }
    findings.add(place, Rule.BROKEN_JSON, "one JSON value", "text that breaks" + at);
    return Optional.empty();
  }

  /** Returns a value without the members that are null, at any depth. */
  static JsonNode withoutNullMembers(JsonNode value) {
    if (value instanceof ObjectNode object) {
      ObjectNode kept = LENIENT.createObjectNode();
      object
          .properties()
          .forEach(
              member -> {
                if (!member.getValue().isNull()) {
                  kept.set(member.getKey(), withoutNullMembers(member.getValue()));
                }
              });
      return kept;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode kept = LENIENT.createArrayNode();
      array.forEach(each -> kept.add(withoutNullMembers(each)));
      return kept;
    }
    return value;
  }
}
