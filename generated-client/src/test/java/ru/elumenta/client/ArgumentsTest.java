package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.Service.json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ErrorContext;

/** Arguments that would call something else, or cannot be sent, are refused before anything is. */
class ArgumentsTest {
  private final Service service = new Service().answers(json(200, "{\"slug\":\"x\"}"));
  private final ElumentaClient elumenta = service.client(new FakeTime()).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", ".", ".."})
  void aPathParameterThatCallsAnotherPathIsRefused(String slug) {
    ModelsApi models = elumenta.api(ModelsApi.class);

    assertThatThrownBy(() -> models.getModel(slug))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slug of getModel")
        .hasMessageContaining("nothing was sent");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aMissingBodyIsRefused() {
    GenerationsApi generations = elumenta.api(GenerationsApi.class);

    assertThatThrownBy(() -> generations.createGeneration(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("request of createGeneration must not be null");
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aSlashInASlugStaysInItsSegment() {
    elumenta.api(ModelsApi.class).getModel("kling/v2.1 pro");

    assertThat(service.requests().get(0).getUrl()).isEqualTo("/api/v2/models/kling%2Fv2.1%20pro");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gen_01j9x2abc123",
        "18473",
        "100%",
        "a%2Fb",
        "%2e%2e",
        "%",
        "%zz%25",
        "a/b",
        "../user/me",
        "..;/x",
        "a..b",
        "a;v=1",
        "a b",
        " a",
        "a+b",
        "a?b=c&d#e",
        "{generationId}",
        "a{b}c",
        "a\\b",
        "a|b^c`d\"e<f>",
        "a,b:c@d!$'()*=~",
        "поколение №1",
        "日本語",
        "🎨🖌",
        "é",
        "a\nb\tc",
        "http://elsewhere/x"
      })
  void anIdIsOneSegmentAndComesBackAsItself(String id) {
    elumenta.api(GenerationsApi.class).getGeneration(GenerationId.of(id));
    elumenta.api(ModelsApi.class).getModel(id);

    assertThat(service.requests())
        .hasSize(2)
        .allSatisfy(
            request -> {
              String[] segments = request.getUrl().split("/", -1);
              assertThat(segments).hasSize(5);
              assertThat(request.getUrl()).matches("[\\x21-\\x7e]+").doesNotContain("?", "#");
              assertThat(URLDecoder.decode(segments[4].replace("+", "%2B"), StandardCharsets.UTF_8))
                  .isEqualTo(id);
            });
  }

  @Test
  void aRequestThatIsNoJsonIsRefusedWithItsPlaceAndWithoutItsValue() {
    GenerationRequest request =
        new GenerationRequest().model("m").prompt("SECRETPROMPT").params(Map.of("x", new Object()));

    assertThatThrownBy(() -> elumenta.generate(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The request cannot be written as JSON at params.x; nothing was sent.")
        .hasNoCause();
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void afterCloseNothingIsSent() {
    elumenta.close();

    assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("x"))
        .hasMessageContaining("because the client is closed");
    assertThat(service.requests()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "nb_secret\n", "nb_sécret", "nb secret"})
  void aTokenThatNoHeaderMayHaveIsRefusedWithoutBeingShown(String token) {
    try (ElumentaClient other =
        ElumentaClient.builder().baseUrl(service.url()).credentials(() -> token).build()) {
      assertThatThrownBy(() -> other.api(ModelsApi.class).getModel("x"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("The credentials gave a token that is null or empty")
          .hasMessageNotContaining("cret");
    }
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aFailureOfTheCallThatCredentialsMakeIsNotTakenForOneOfThisCall() {
    CallTimeoutException ownFailure =
        new CallTimeoutException(
            ErrorContext.builder("POST", "/auth/refresh").build(), Duration.ofSeconds(1), null);
    try (ElumentaClient other =
        ElumentaClient.builder()
            .baseUrl(service.url())
            .credentials(
                () -> {
                  throw ownFailure;
                })
            .build()) {
      assertThatThrownBy(() -> other.generate(Samples.image())).isSameAs(ownFailure);
    }
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void anOptionalBodyThatIsNotGivenIsEmpty() {
    elumenta.api(AuthApi.class).logout(null);

    assertThat(service.requests().get(0).getBodyAsString()).isEqualTo("{}");
  }

  @Test
  void whatCredentialsThrowReachesTheCallerAndNothingIsSent() {
    IllegalStateException ownFailure = new IllegalStateException("vault is sealed");
    try (ElumentaClient other =
        ElumentaClient.builder()
            .baseUrl(service.url())
            .credentials(
                () -> {
                  throw ownFailure;
                })
            .build()) {
      assertThatThrownBy(() -> other.api(ModelsApi.class).getModel("x")).isSameAs(ownFailure);
    }
    assertThat(service.requests()).isEmpty();
  }
}
