package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.scenario.Fault;

/** Whoever calls an application may name any model; the number of time series stays as it is. */
class CardinalityTest {
  private final Watched watched = new Watched();

  @AfterEach
  void stop() {
    watched.close();
  }

  private static void ask(ElumentaClient elumenta, String model) {
    catchThrowable(() -> elumenta.generate(new GenerationRequest().model(model).prompt("A")));
  }

  private Set<String> shownModels() {
    return watched.meters.getMeters().stream()
        .map(Meter::getId)
        .filter(id -> !id.getName().endsWith(".active")) // nothing is under way
        .flatMap(id -> id.getTags().stream())
        .filter(tag -> Set.of("elumenta.model", "gen_ai.request.model").contains(tag.getKey()))
        .map(Tag::getValue)
        .collect(Collectors.toSet());
  }

  @Test
  void namesThatTheServiceRefusesAreOneTogether() {
    watched.service.always().fail(Fault.error(404, "not_found"));
    try (ElumentaClient elumenta = watched.client().build()) {
      ask(elumenta, "first");
      int before = watched.meters.getMeters().size();
      for (int i = 0; i < 200; i++) {
        ask(elumenta, "nonsense-" + i);
      }
      assertThat(watched.meters.getMeters()).hasSize(before);
    }
    assertThat(shownModels()).containsExactly("other");
  }

  @Test
  void evenOfThoseThatItAcceptsOnlySoManyHaveNames() {
    ElumentaTelemetry telemetry = watched.telemetry().maxModels(2).build();
    try (ElumentaClient elumenta = telemetry.instrument(watched.service.client()).build()) {
      List.of("dall-e-3", "gpt-5-nano", "kling-v2.1").forEach(model -> ask(elumenta, model));
    }
    assertThat(shownModels()).containsExactlyInAnyOrder("dall-e-3", "gpt-5-nano", "other", "none");
  }

  @Test
  void aModelThatIsDownIsKnownByItsName() {
    watched.service.always().fail(Fault.modelUnavailable());
    try (ElumentaClient elumenta = watched.client().build()) {
      ask(elumenta, "dall-e-3");
    }
    assertThat(shownModels()).containsExactly("dall-e-3");
  }

  @Test
  void aModelThatTheApplicationNamesIsKnownFromTheBeginning() {
    watched.service.next().fail(Fault.error(402, "insufficient_tokens"));
    ElumentaTelemetry telemetry = watched.telemetry().models(List.of("dall-e-3")).build();
    try (ElumentaClient elumenta = telemetry.instrument(watched.service.client()).build()) {
      ask(elumenta, "dall-e-3");
    }
    assertThat(shownModels()).containsExactly("dall-e-3");
  }

  @Test
  void aCodeThatIsNotDocumentedIsNoAttribute() {
    watched.service.next().fail(Fault.error(418, "invented-" + System.nanoTime()));
    try (ElumentaClient elumenta = watched.client().build()) {
      ask(elumenta, "dall-e-3");
    }
    assertThat(watched.count("elumenta.call", "error.type", "UnexpectedResponseException"))
        .isEqualTo(1);
  }
}
