package ru.elumenta.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The documentation's samples, from the contract's jar. */
final class Sample {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Sample() {}

  /**
   * Returns a sample as JSON.
   *
   * @param topic the file, for example {@code errors}
   * @param name the name in it, for example {@code insufficient-tokens}
   */
  static String json(String topic, String name) {
    return value(topic, name).toString();
  }

  /** Returns a sample that is a text, as it stands. */
  static String text(String topic, String name) {
    return value(topic, name).asText();
  }

  private static JsonNode value(String topic, String name) {
    String file = "/elumenta-openapi/examples/" + topic + ".yaml";
    try (InputStream in = Sample.class.getResourceAsStream(file)) {
      JsonNode value = YAML.readTree(in).path(name).path("value");
      if (value.isMissingNode()) {
        throw new IllegalArgumentException("No sample " + name + " in " + file);
      }
      return value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
