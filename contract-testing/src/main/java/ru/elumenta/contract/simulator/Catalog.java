package ru.elumenta.contract.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.contract.validation.ContractFiles;

/** The models of the contract's catalogue. Read once. */
final class Catalog {
  private static final Map<String, SimulatedModel> MODELS = read();

  private Catalog() {}

  private static Map<String, SimulatedModel> read() {
    Map<String, SimulatedModel> models = new LinkedHashMap<>();
    try (InputStream in = ContractFiles.open("catalog/models.yaml")) {
      for (JsonNode model : new YAMLMapper().readTree(in).path("models")) {
        String slug = model.path("slug").asText();
        models.put(
            slug,
            new SimulatedModel(
                slug,
                model.path("name").asText(slug),
                model.path("category").asText(),
                model.path("provider").asText("Elumenta"),
                model.path("tier").asText("starter").equals("basic") ? "basic" : "free",
                model.path("min_tokens").asLong(),
                model.path("max_tokens").asLong()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return models;
  }

  static Collection<SimulatedModel> all() {
    return MODELS.values();
  }

  static SimulatedModel model(String slug) {
    SimulatedModel model = MODELS.get(slug);
    if (model == null) {
      throw Refusal.notFound();
    }
    return model;
  }
}
