package ru.elumenta.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The counts are those of the documentation page: concepts/tokens. */
class CatalogTest {
  private static final Set<String> FACTS =
      Set.of(
          "slug", "name", "category", "provider", "tier", "min_tokens", "max_tokens", "inferred");

  private final JsonNode models =
      ContractReader.read(ContractReader.publishedFile().resolveSibling("catalog/models.yaml"))
          .document()
          .path("models");

  @Test
  void everyCategoryHasAsManyModelsAsDocumented() {
    Map<String, Integer> counts = new TreeMap<>();
    models.forEach(model -> counts.merge(model.path("category").asText(), 1, Integer::sum));

    assertThat(counts)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "text",
                12,
                "image",
                10,
                "video",
                7,
                "music",
                2,
                "tts",
                6,
                "stt",
                3,
                "audio_tool",
                5));
  }

  @Test
  void noSlugStandsTwice() {
    assertThat(models.findValuesAsText("slug")).hasSize(models.size()).doesNotHaveDuplicates();
  }

  @Test
  void everyModelHasAPriceAndOnlyKnownFacts() {
    for (JsonNode model : models) {
      assertThat(model.path("min_tokens").asInt()).isBetween(1, model.path("max_tokens").asInt());
      assertThat(model.path("tier").asText("basic")).isIn("starter", "basic");
      assertThat(FACTS)
          .containsAll(List.copyOf(model.properties()).stream().map(Map.Entry::getKey).toList());
    }
  }

  @Test
  void whatIsInferredIsThere() {
    for (JsonNode model : models) {
      model
          .path("inferred")
          .forEach(fact -> assertThat(model.has(fact.asText())).as(model.toString()).isTrue());
    }
  }
}
