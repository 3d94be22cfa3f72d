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
    try (InputStream in =
        ElumentaProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode each : new ObjectMapper().readTree(in).get("properties")) {
        properties.put(
            each.get("name").asText(),
            new Property(
                each.path("type").asText(""),
                each.path("description").asText(""),
                each.path("defaultValue").asText("")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
