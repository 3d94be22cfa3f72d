package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.util.Optional.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.Service.json;

import feign.TypedResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.ImageParams;
import ru.elumenta.client.model.ModelSlugs;
import ru.elumenta.client.model.RefreshRequest;
import ru.elumenta.client.model.SessionTokens;
import ru.elumenta.error.ResponseFormatException;

/** What goes over the wire, and what is made of what comes back. */
class WireFormatTest {
  private final Service service = new Service();
  private final ElumentaClient elumenta = service.client(new FakeTime()).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private Generation read(String body) {
    service.answers(json(200, body));
    return elumenta.api(GenerationsApi.class).getGeneration(GenerationId.of(1));
  }

  @Test
  void whatIsNotSetIsNotSent() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));

    elumenta.submit(new GenerationRequest().model("gpt-5").prompt("Hi"));

    assertThat(service.requests().get(0).getBodyAsString())
        .isEqualTo("{\"model\":\"gpt-5\",\"prompt\":\"Hi\"}");
    assertThat(service.requests().get(0).header("Content-Type").firstValue())
        .isEqualTo("application/json");
    assertThat(service.requests().get(0).header("Accept").values())
        .containsExactly("application/json");
  }

  @Test
  void aNullThatTheCallerPutIntoParamsIsSent() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));

    elumenta.submit(new GenerationRequest().model("m").putParamsItem("seed", null));

    assertThat(service.requests().get(0).getBodyAsString())
        .isEqualTo("{\"model\":\"m\",\"params\":{\"seed\":null}}");
  }

  @Test
  void bothResponseDialectsAreReadThroughTheSameAccessors() {
    Generation unified =
        read(
            """
            {"id":18473,"status":"completed","model_slug":"gpt-5","result_text":"Quantum",
             "result_url":null,"tokens_spent":3}\
            """);
    Generation openAiLike =
        read(
            """
            {"id":"gen_01","status":"completed","model":"gpt-5","content":"Quantum",
             "tokens_used":3,"balance_remaining":280}\
            """);

    for (Generation generation : new Generation[] {unified, openAiLike}) {
      assertThat(generation.text()).contains("Quantum");
      assertThat(generation.modelName()).contains("gpt-5");
      assertThat(generation.tokensCharged()).hasValue(3);
      assertThat(generation.fileUrl()).isEmpty();
    }
    assertThat(openAiLike.getId()).hasToString("gen_01");
    assertThat(openAiLike.getBalanceRemaining()).isEqualTo(280);
  }

  @Test
  void rowsOfTheHistoryAreReadInBothDialectsToo() {
    service.answers(
        json(
            200,
            """
            {"items":[
              {"id":1,"status":"completed","model_slug":"gpt-5","result_text":"a","tokens_spent":3},
              {"id":"gen_2","status":"completed","model":"dall-e-3","url":"u","tokens_used":8}],
             "total":2,"page":1,"limit":20}\
            """));

    List<HistoryItem> rows =
        elumenta
            .api(HistoryApi.class)
            .listHistory(new HistoryApi.ListHistoryQuery().page(1L).limit(20L))
            .getItems();

    assertThat(rows)
        .extracting(HistoryItem::modelName)
        .containsExactly(of("gpt-5"), of("dall-e-3"));
    assertThat(rows.get(0).text()).contains("a");
    assertThat(rows.get(1).fileUrl()).contains("u");
    assertThat(rows.get(1).tokensCharged()).hasValue(8);
    assertThat(service.requests().get(0).getUrl())
        .isEqualTo("/api/v2/user/history?page=1&limit=20");
  }

  @Test
  void typedParamsAreWrittenUnderTheirWireNamesAndNothingUnasked() {
    service.answers(json(200, Samples.IMAGE_COMPLETED));

    elumenta.submit(
        new GenerationRequest()
            .model(ModelSlugs.DALL_E_3)
            .prompt("Hi")
            .params(new ImageParams().size("1024x1024").negativePrompt("rain").toMap())
            .putParamsItem("own", 1));

    assertThat(service.requests().get(0).getBodyAsString())
        .isEqualTo(
            "{\"model\":\"dall-e-3\",\"prompt\":\"Hi\",\"params\":"
                + "{\"size\":\"1024x1024\",\"negative_prompt\":\"rain\",\"own\":1}}");
  }

  @Test
  void unknownMembersAreIgnoredAndNumbersBeyondAnIntAreKept() {
    Generation generation =
        read(
            "{\"id\":3000000000,\"status\":\"completed\",\"tokens_spent\":3000000000,\"new\":[{}]}");

    assertThat(generation.getId()).isEqualTo(GenerationId.of(3_000_000_000L));
    assertThat(generation.tokensCharged()).hasValue(3_000_000_000L);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-08T12:05:00Z, 2026-03-08T12:05:00Z",
    "2026-03-08T15:05:00+03:00, 2026-03-08T12:05:00Z",
    "2026-03-08T12:05:00, 2026-03-08T12:05:00Z",
    "2026-03-08T12:05:00.123456, 2026-03-08T12:05:00.123456Z"
  })
  void timestampsAreReadWithAndWithoutAZone(String sent, Instant read) {
    assertThat(read("{\"status\":\"completed\",\"created_at\":\"" + sent + "\"}").getCreatedAt())
        .isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [] | does not have the documented shape at its top level
          "completed" | does not have the documented shape at its top level
          <html></html> | is not JSON, or is cut off
          null | is null
          """)
  void aBodyOfAnotherShapeIsNamedByItsPlace(String body, String problem) {
    assertThatThrownBy(() -> read(body))
        .isInstanceOf(ResponseFormatException.class)
        .hasMessageContaining("but the body " + problem)
        .hasNoCause();
  }

  @Test
  void anIdOrATimestampThatIsNoneIsTakenForAbsentAndTheRestIsKept() {
    Generation generation =
        read("{\"id\":{},\"created_at\":\"yesterday\",\"result_text\":\"paid for\"}");

    assertThat(generation.getId()).isNull();
    assertThat(generation.getCreatedAt()).isNull();
    assertThat(generation.text()).contains("paid for");
  }

  @Test
  void theVariantWithResponseShowsStatusAndHeadersAndNoCredentials() {
    service.answers(json(200, Samples.IMAGE_COMPLETED).withHeader("X-RateLimit-Limit-Hour", "100"));

    TypedResponse<Generation> response =
        elumenta.api(GenerationsApi.class).getGenerationWithResponse(GenerationId.of(18491));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().get("x-ratelimit-limit-hour")).containsExactly("100");
    assertThat(response.body().getId()).isEqualTo(GenerationId.of(18491));
    assertThat(response.request().headers()).doesNotContainKey("Authorization");
    assertThat(response.request().toString()).doesNotContain(Service.KEY);
  }

  @Test
  void anOperationWithoutSecurityIsSentWithoutTheKey() {
    service.answers(aResponse().withBody("{\"access_token\":\"aaa\",\"refresh_token\":\"rrr\"}"));

    SessionTokens tokens =
        elumenta.api(AuthApi.class).refreshToken(new RefreshRequest().refreshToken("old"));

    assertThat(tokens.getAccessToken()).isEqualTo("aaa");
    assertThat(tokens.toString()).as("tokens do not print").doesNotContain("aaa", "rrr");
    assertThat(service.requests().get(0).containsHeader("Authorization")).isFalse();
  }

  @Test
  void idsEqualByTheirTextAndKeepTheirForm() {
    assertThat(GenerationId.of("18473")).isEqualTo(GenerationId.of(18473)).hasToString("18473");
    assertThat(GenerationId.of("18473").hashCode()).isEqualTo(GenerationId.of(18473).hashCode());
    assertThatThrownBy(() -> GenerationId.of(" ")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Map.of(GenerationId.of(1), "x")).containsKey(GenerationId.of("1"));
  }
}
