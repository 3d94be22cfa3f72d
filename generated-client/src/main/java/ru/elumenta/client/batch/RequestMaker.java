package ru.elumenta.client.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationRequest;

/**
 * Makes requests of rows. Strict: what is misspelt is told, and not passed over, because it would
 * be paid for. Thread-safe.
 */
final class RequestMaker {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Of a request all else belongs to its params, in the first of the documented dialects. */
  private static final Set<String> MEMBERS =
      Set.of("model", "prompt", "messages", "system", "assistant_id", "text");

  private static final Set<String> PRICED = Set.of("model", "prompt", "params");
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,17})?");
  private static final String PARAMS = "params.";

  private final BatchFormat format;
  private final List<String> columns;
  private final Optional<Template> template;

  RequestMaker(BatchFormat format, List<String> columns, @Nullable GenerationRequest template) {
    this.format = format;
    this.columns = columns;
    this.template = Optional.ofNullable(template).map(request -> new Template(json(request)));
    if (format == BatchFormat.LINES && template == null) {
      throw new IllegalArgumentException(
          "A text file is no requests by itself: say with template(…) what to make of {line}.");
    }
    if (format != BatchFormat.JSON_LINES) {
      this.template.ifPresent(it -> it.checkColumns(columns));
    }
  }

  static ObjectNode json(GenerationRequest request) {
    ObjectNode json = JSON.valueToTree(request);
    json.properties().removeIf(member -> member.getValue().isNull());
    return json;
  }

  /** A hash of what rows are made into, which must not change between two runs. */
  static String hash(BatchFormat format, @Nullable GenerationRequest template) {
    return InputHash.of(format + (template == null ? "" : json(template).toString()));
  }

  Item make(Row row, String inputHash) {
    String id = Item.defaultId(row.line());
    try {
      ObjectNode values = values(row);
      JsonNode ownId = values.remove("id");
      if (ownId != null && ownId.isValueNode() && !ownId.asText().isBlank()) {
        id = ownId.asText();
      }
      ObjectNode members =
          template.isPresent()
              ? template.get().fill(values, format != BatchFormat.JSON_LINES)
              : values;
      check(members);
      GenerationRequest request = JSON.treeToValue(members, GenerationRequest.class);
      return new Item(row.line(), id, inputHash, request, priceKey(members), Optional.empty());
    } catch (JsonProcessingException e) {
      return invalid(row, id, inputHash, problem(e));
    } catch (Unusable e) {
      return invalid(row, id, inputHash, e.getMessage());
    }
  }

  private static Item invalid(Row row, String id, String inputHash, String problem) {
    return new Item(row.line(), id, inputHash, null, "", Optional.of(problem));
  }

  /** A row that no request can be made of; the message is the end of a sentence. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String problem) {
      super(problem, null, false, false);
    }
  }

  private ObjectNode values(Row row) throws JsonProcessingException, Unusable {
    if (format == BatchFormat.JSON_LINES) {
      if (JSON.readTree(row.cells().get(0)) instanceof ObjectNode object) {
        return object;
      }
      throw new Unusable("is no JSON object");
    }
    if (row.cells().size() != columns.size()) {
      throw new Unusable(
          "has %d cells, and the header %d".formatted(row.cells().size(), columns.size()));
    }
    ObjectNode values = JSON.createObjectNode();
    for (int column = 0; column < columns.size(); column++) {
      String name = columns.get(column).strip();
      String cell = row.cells().get(column);
      if (template.isPresent() || name.equals("id")) {
        values.put(name, cell);
      } else if (!cell.isEmpty()) {
        put(values, name, cell);
      }
    }
    return values;
  }

  private static void put(ObjectNode values, String name, String cell)
      throws JsonProcessingException {
    if (name.equals("messages")) {
      values.set(name, JSON.readTree(cell));
    } else if (MEMBERS.contains(name)) {
      values.put(name, cell);
    } else {
      String param = name.startsWith(PARAMS) ? name.substring(PARAMS.length()) : name;
      values.withObject("/params").set(param, typed(cell));
    }
  }

  /** A cell has no type: what looks like a number or a truth value is one, 007 is not. */
  static JsonNode typed(String cell) throws JsonProcessingException {
    boolean isTyped = NUMBER.matcher(cell).matches() || cell.equals("true") || cell.equals("false");
    return isTyped ? JSON.readTree(cell) : TextNode.valueOf(cell);
  }

  private static void check(ObjectNode members) throws Unusable {
    if (members.path("model").asText().isBlank() && !members.has("assistant_id")) {
      throw new Unusable("names no model");
    }
    if (members.path("stream").asBoolean()) {
      throw new Unusable("asks for a stream, which a batch cannot read");
    }
  }

  private static String priceKey(ObjectNode members) {
    boolean hasOther =
        members.properties().stream().anyMatch(member -> !PRICED.contains(member.getKey()));
    return InputHash.of(members.path("model") + " " + members.path("params") + " " + hasOther);
  }

  /** The place, and nothing of what is there. */
  private static String problem(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      return "has a member of the wrong type: " + mapping.getPath().get(0).getFieldName();
    }
    return e.getLocation() == null
        ? "is not JSON"
        : "is not JSON from its character %d on".formatted(e.getLocation().getColumnNr());
  }
}
