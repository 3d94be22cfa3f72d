package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.codec.ReadList;

/**
 * Every member of every schema of the contract in every wrong shape: whatever it is, the others are
 * read as if it were not there, and it is written again as it came.
 */
class WrongShapesTest {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final JsonCodec CODEC = new JsonCodec();
  private static final List<String> SHAPES =
      List.of(
          "\"text\"",
          "\"5s\"",
          "\"\"",
          "\" \"",
          "7",
          "-1.5",
          "1e400",
          "123456789012345678901234567890",
          "true",
          "false",
          "{}",
          "{\"a\":[1,null,{\"b\":{}}]}",
          "{\"text\":7}",
          "[]",
          "[7]",
          "[null]",
          "[\"a\",\"b\"]",
          "[[{}],{\"x\":\"y\"}]",
          "null");

  private record Schema(String name, Class<?> model, ObjectNode members) {
    /** What a service could send, every member in its documented shape. */
    ObjectNode sample() {
      ObjectNode sample = JSON.createObjectNode();
      members
          .properties()
          .forEach(each -> sample.set(each.getKey(), value(each.getKey(), each.getValue())));
      return sample;
    }
  }

  private static List<Schema> schemas() {
    List<Schema> schemas = new ArrayList<>();
    for (String name : Contract.schemas()) {
      JsonNode members = node(name).path("properties");
      Optional<Class<?>> model = model(name);
      if (model.isPresent() && members.isObject()) {
        schemas.add(new Schema(name, model.get(), (ObjectNode) members));
      }
    }
    return schemas;
  }

  private static JsonNode node(String schema) {
    return Contract.resolved(JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema));
  }

  private static Optional<Class<?>> model(String name) {
    return Stream.of("ru.elumenta.client.model.", "ru.elumenta.error.model.")
        .<Class<?>>mapMulti(
            (root, found) -> {
              try {
                found.accept(Class.forName(root + name));
              } catch (ClassNotFoundException elsewhere) {
                // In the other one, or written by hand.
              }
            })
        .findFirst();
  }

  private static JsonNode value(String member, JsonNode reference) {
    JsonNode schema = Contract.resolved(reference);
    JsonNodeFactory make = JSON.getNodeFactory();
    if (member.equals("id") || reference.path("$ref").asText().endsWith("GenerationId")) {
      return schema.path("type").asText().equals("string")
          ? make.textNode("an-id")
          : make.numberNode(18473);
    }
    return switch (schema.path("type").asText()) {
      case "integer" -> make.numberNode(13);
      case "number" -> make.numberNode(new BigDecimal("2.5"));
      case "boolean" -> make.booleanNode(true);
      case "array" -> make.arrayNode().add(make.objectNode().put("x_element", 1));
      case "string" ->
          make.textNode(
              schema.path("format").asText().equals("date-time")
                  ? "2026-03-01T12:00:00Z"
                  : schema.has("enum") ? schema.path("enum").get(0).asText() : "a " + member);
      default -> make.objectNode();
    };
  }

  @Test
  void whateverShapeAMemberHasTheOthersAreReadAndNothingIsLost() throws IOException {
    int cases = 0;
    for (Schema schema : schemas()) {
      for (String member : iterable(schema.members())) {
        for (String shape : SHAPES) {
          assertOthersAreRead(schema, member, JSON.readTree(shape), true);
          assertOthersAreRead(schema, member, JSON.readTree(shape), false);
          cases += 2;
        }
      }
    }
    assertThat(cases).isGreaterThan(8_000);
    System.out.println("Wrong shapes of members: " + cases + " cases");
  }

  private static List<String> iterable(ObjectNode members) {
    return members.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static void assertOthersAreRead(
      Schema schema, String member, JsonNode shape, boolean isFirst) throws IOException {
    ObjectNode others = schema.sample();
    others.remove(member);
    ObjectNode sent = JSON.createObjectNode();
    if (isFirst) {
      sent.set(member, shape);
    }
    sent.setAll(others);
    sent.set(member, shape);
    String what = schema.name() + " with " + member + " " + shape;

    Object read = read(sent, schema.model());

    ObjectNode written = (ObjectNode) JSON.readTree(written(read));
    JsonNode itself = written.remove(member);
    removeNulls(written);
    assertThat(written).as(what).isEqualTo(others);
    boolean isTime = shape.isNumber() && itself != null && itself.asText().endsWith("Z");
    if (!shape.isNull() && !isReadInPart(shape) && !isTime) {
      assertThat(itself == null || itself.isNull() ? null : alike(itself))
          .as(what + " is written as it came, or as what was understood")
          .isEqualTo(alike(shape));
    }
    assertThat(read(JSON.readTree(written(read)), schema.model())).as(what).isEqualTo(read);
  }

  /** Lists leave out what is no element. */
  private static boolean isReadInPart(JsonNode shape) {
    return shape.isArray() && !shape.isEmpty() || shape.has("a") || shape.has("text");
  }

  /** The text "7" and the number are the same here, as are true and "true". */
  private static String alike(JsonNode node) {
    try {
      BigDecimal number = new BigDecimal(node.asText().strip());
      double nearest = number.doubleValue(); // which is what a double can hold
      return Double.isFinite(nearest) ? String.valueOf(nearest) : number.toString();
    } catch (NumberFormatException noNumber) {
      return node.isValueNode() ? node.asText() : node.toString();
    }
  }

  /** What is required is written as null when it did not come. */
  private static void removeNulls(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().removeIf(each -> each.getValue().isNull());
    }
    node.forEach(WrongShapesTest::removeNulls);
  }

  @Test
  void whateverIsNoElementOfAListIsLeftOutAndCounted() throws Exception {
    int cases = 0;
    for (Schema schema : schemas()) {
      for (String member : iterable(schema.members())) {
        JsonNode items = Contract.resolved(schema.members().path(member)).path("items");
        if (!Contract.resolved(items).path("type").asText().equals("object")) {
          continue;
        }
        for (String shape : SHAPES.stream().filter(each -> !each.startsWith("{")).toList()) {
          ObjectNode sent = schema.sample();
          sent.set(
              member, JSON.readTree("[%1$s,{\"x_a\":1},null,%1$s,{\"x_b\":2}]".formatted(shape)));

          Object read = read(sent, schema.model());

          List<?> list = list(read, member);
          boolean isAnythingReadable = !Contract.resolved(items).has("properties");
          int leftOut = isAnythingReadable && !shape.equals("null") ? 1 : 3;
          assertThat(list)
              .as(schema.name() + " " + shape)
              .hasSize(5 - leftOut)
              .doesNotContainNull();
          assertThat(ReadList.leftOut(list)).isEqualTo(leftOut);
          cases++;
        }
      }
    }
    assertThat(cases).isGreaterThan(40);
    System.out.println("Wrong shapes of elements: " + cases + " cases");
  }

  private static List<?> list(Object model, String member) throws ReflectiveOperationException {
    String getter = "get" + member.substring(0, 1).toUpperCase(java.util.Locale.ROOT);
    return (List<?>) model.getClass().getMethod(getter + member.substring(1)).invoke(model);
  }

  private static Object read(JsonNode json, Class<?> model) throws IOException {
    Response response =
        Response.builder()
            .status(200)
            .request(
                Request.create(
                    Request.HttpMethod.GET, "http://localhost", Map.of(), null, null, null))
            .body(JSON.writeValueAsBytes(json))
            .build();
    return CODEC.decode(response, model);
  }

  private static byte[] written(Object value) {
    RequestTemplate template = new RequestTemplate();
    CODEC.encode(value, value.getClass(), template);
    return template.body();
  }
}
