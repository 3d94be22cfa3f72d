package ru.elumenta.spring.boot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** What editors are told of the properties. */
final class Metadata {
  private Metadata() {}

  /** One property; the default is empty if there is none to be said. */
  record Property(String type, String description, String defaultValue) {}

  static Map<String, Property> properties() {
    Map<String, Property> properties = new TreeMap<>();
    for (JsonNode each : all().get("properties")) {
      properties.put(
          each.get("name").asText(),
          new Property(
              each.path("type").asText(""),
              each.path("description").asText(""),
              each.path("defaultValue").asText("")));
    }
    return properties;
  }

  /** The values that an editor offers for a property, each with its description. */
  static Map<String, String> choices(String property) {
    Map<String, String> choices = new TreeMap<>();
    for (JsonNode each : all().get("hints")) {
      if (each.get("name").asText().equals(property)) {
        each.path("values")
            .forEach(
                value ->
                    choices.put(value.get("value").asText(), value.path("description").asText("")));
      }
    }
    return choices;
  }

  private static JsonNode all() {
    try (InputStream in =
        ElumentaProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
