package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.MaxCostExceededException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;

/** What a generation would cost, may cost, and has cost. */
class CostTest {
  private static final String PRICE = "/api/v2/models/.+/calculate-price";
  private static final String CREATE = "/api/v2/generate";

  private final Service service = new Service();
  private final ElumentaClient elumenta =
      service.client(new FakeTime()).retry(RetryOptions.none()).build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  private static String price(long tokens) {
    return "{\"token_cost\":%d,\"min_token_cost\":4,\"max_token_cost\":12}".formatted(tokens);
  }

  @Test
  void thePriceOfARequestIsAskedForWithItsParams() {
    service.answers(json(200, price(7)));

    assertThat(elumenta.price(Samples.image()).getTokenCost()).isEqualTo(7);
    assertThat(service.requests().get(0).getUrl()).endsWith("/models/dall-e-3/calculate-price");
    assertThat(service.requests().get(0).getBodyAsString())
        .isEqualTo("{\"params\":{\"size\":\"1024x1024\"}}");
  }

  @Test
  void aRequestThatCostsTooMuchIsNotSent() {
    service.answersTo(PRICE, json(200, price(7)));

    MaxCostExceededException e =
        catchThrowableOfType(
            MaxCostExceededException.class, () -> elumenta.maxCost(6).generate(Samples.image()));

    assertThat(e.price()).hasValue(7);
    assertThat(e.maxCost()).isEqualTo(6);
    assertThat(e.model()).isEqualTo("dall-e-3");
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e)
        .hasMessageContaining(
            "POST /generate was not sent: with dall-e-3 it may cost 7 tokens, and 6 are allowed");
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @Test
  void aRequestThatCostsAsMuchAsAllowedIsSent() {
    service
        .answersTo(PRICE, json(200, price(7)))
        .answersTo(CREATE, json(200, Samples.IMAGE_COMPLETED));

    elumenta.maxCost(7).generate(Samples.image());

    assertThat(service.requestsTo(CREATE)).isEqualTo(1);
  }

  @Test
  void optionsThatArePricedByNobodyMayCostTheMost() {
    service.answersTo(PRICE, json(200, price(7)));
    GenerationRequest wide = Samples.image().quality("hd");

    MaxCostExceededException e =
        catchThrowableOfType(
            MaxCostExceededException.class, () -> elumenta.maxCost(7).generate(wide));

    assertThat(e.price()).hasValue(12);
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @Test
  void optionsThatMayCostAnythingAreNotSent() {
    service.answersTo(PRICE, json(200, "{\"token_cost\":7}"));

    assertThatThrownBy(() -> elumenta.maxCost(1_000).generate(Samples.image().quality("hd")))
        .isInstanceOf(MaxCostExceededException.class)
        .hasMessageContaining("it may cost any number of tokens, and 1000 are allowed");
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "<html>",
        "{}",
        "{\"token_cost\":null}",
        "{\"token_cost\":-1}",
        "{\"token_cost\":-0.5}",
        "{\"token_cost\":12.4}",
        "{\"token_cost\":12.000001}",
        "{\"token_cost\":\"12.4\"}",
        "{\"token_cost\":NaN}",
        "{\"token_cost\":\"NaN\"}",
        "{\"token_cost\":1e400}",
        "{\"token_cost\":100000000000000000000000}",
        "{\"token_cost\":[7]}",
        "{\"token_cost\":true}"
      })
  void whatIsNoPriceWithinTheLimitAllowsNothing(String body) {
    service.answersTo(PRICE, json(200, body));

    assertThatThrownBy(() -> elumenta.maxCost(12).generate(Samples.image()))
        .isInstanceOf(MaxCostExceededException.class)
        .hasMessageContaining("POST /generate was not sent: with dall-e-3 it may cost ")
        .satisfies(
            e ->
                assertThat(((MaxCostExceededException) e).execution())
                    .isEqualTo(Execution.NOT_EXECUTED));
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"token_cost\":null,\"max_token_cost\":12}",
        "{\"token_cost\":5,\"max_token_cost\":null}",
        "{\"token_cost\":5,\"max_token_cost\":-1}",
        "{\"token_cost\":5,\"max_token_cost\":12.4}",
        "{\"token_cost\":13,\"max_token_cost\":12}"
      })
  void norDoesAHighestPriceThatIsNone(String body) {
    service.answersTo(PRICE, json(200, body));

    assertThatThrownBy(() -> elumenta.maxCost(12).generate(Samples.image().quality("hd")))
        .isInstanceOf(MaxCostExceededException.class);
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "12", "12.0", "11.9", "\"12\""})
  void aPriceWithinTheLimitIsOneHoweverItIsWritten(String price) {
    service
        .answersTo(PRICE, json(200, "{\"token_cost\":%s}".formatted(price)))
        .answersTo(CREATE, json(200, Samples.IMAGE_COMPLETED));

    elumenta.maxCost(12).generate(Samples.image());

    assertThat(service.requestsTo(CREATE)).isEqualTo(1);
  }

  @Test
  void aPartOfATokenIsShownAsAWholeOne() {
    service.answersTo(PRICE, json(200, "{\"token_cost\":12.4}"));

    MaxCostExceededException e =
        catchThrowableOfType(
            MaxCostExceededException.class, () -> elumenta.maxCost(12).generate(Samples.image()));

    assertThat(e.price()).hasValue(13);
  }

  @Test
  void noRequestIsASentence() {
    ElumentaCalls cheap = elumenta.maxCost(12);
    List<ThrowingCallable> calls =
        List.of(
            () -> elumenta.generate(null),
            () -> elumenta.submit(null),
            () -> elumenta.price(null),
            () -> elumenta.awaitAll(null),
            () -> cheap.generate(null),
            () -> cheap.submit(null),
            () -> cheap.stream(null),
            () -> cheap.generateAsync(null),
            () -> cheap.generateWithFallback(null, List.of()),
            () -> cheap.generateWithFallback(Samples.image(), null),
            () -> cheap.transcribe(null));

    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must not be null"));
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void aModelThatIsTooDearIsPassedOverForTheNext() {
    service
        .answersTo(PRICE, json(200, price(40)), json(200, "{}"), json(200, price(7)))
        .answersTo(CREATE, json(200, Samples.IMAGE_COMPLETED));

    ModelAnswer answer =
        elumenta.maxCost(7).generateWithFallback(Samples.image(), List.of("odd", "cheap"));

    assertThat(answer.model()).isEqualTo("cheap");
    assertThat(answer.passedOver()).hasSize(2).allMatch(MaxCostExceededException.class::isInstance);
    assertThat(service.requestsTo(CREATE)).isEqualTo(1);
  }

  @Test
  void ifAllAreTooDearTheExceptionSaysAllPrices() {
    service.answersTo(PRICE, json(200, price(40)), json(200, "{}"), json(200, price(9)));

    assertThatThrownBy(
            () -> elumenta.maxCost(7).generateWithFallback(Samples.image(), List.of("odd", "b")))
        .isInstanceOf(MaxCostExceededException.class)
        .hasMessageContaining("with b it may cost 9 tokens, and 7 are allowed")
        .hasMessageContaining("dall-e-3 may cost 40 tokens, odd may cost any number of tokens")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(2));
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @Test
  void ifThePriceCannotBeToldNothingIsSent() {
    service.answersTo(PRICE, json(503, Samples.MODEL_UNAVAILABLE));

    assertThatThrownBy(() -> elumenta.maxCost(7).generate(Samples.image()))
        .isInstanceOf(ModelUnavailableException.class);
    assertThat(service.requestsTo(CREATE)).isZero();
  }

  @Test
  void whatFinishedIsCountedOnce() {
    service
        .answersTo(
            CREATE,
            json(200, Samples.IMAGE_COMPLETED), // 7
            json(200, Samples.VIDEO_PENDING),
            json(200, Samples.failed("Generation timeout"))) // 0
        .answersTo(CREATE + "/.+", json(200, Samples.VIDEO_COMPLETED)); // 60

    elumenta.generate(Samples.image());
    GenerationJob video = elumenta.submit(Samples.image());
    video.await();
    video.refresh();
    elumenta.attach(video.id().orElseThrow()).await();
    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(GenerationFailedException.class);

    assertThat(elumenta.tokensCharged()).isEqualTo(67);
    assertThat(elumenta.maxCost(1).tokensCharged()).isEqualTo(67);
  }

  @Test
  void whatGeneratedInterfacesReturnIsCountedToo() {
    service
        .answersTo(
            CREATE,
            json(200, Samples.VIDEO_PENDING),
            json(200, Samples.IMAGE_COMPLETED), // 7
            json(200, Samples.IMAGE_COMPLETED))
        .answersTo(CREATE + "/.+", json(200, Samples.VIDEO_COMPLETED)); // 60
    GenerationsApi generations = elumenta.within(Duration.ofMinutes(1)).api(GenerationsApi.class);

    Generation video = generations.createGeneration(Samples.image());
    assertThat(elumenta.tokensCharged()).isZero();
    generations.getGeneration(video.getId());
    generations.getGenerationStatusWithResponse(video.getId());
    elumenta.attach(video.getId()).await();
    assertThat(elumenta.tokensCharged()).isEqualTo(60);
    generations.createGenerationWithResponse(Samples.image());
    elumenta.async(GenerationsApi.class, api -> api.createGeneration(Samples.image())).join();

    assertThat(elumenta.tokensCharged()).isEqualTo(67);
  }

  @Test
  void whatIsSaidLaterOfTheCostIsCountedThen() {
    service.answersTo(
        CREATE + "/.+",
        json(200, "{\"id\":5,\"status\":\"completed\"}"),
        json(200, "{\"id\":5,\"status\":\"completed\",\"tokens_spent\":9}"));
    GenerationsApi generations = elumenta.api(GenerationsApi.class);

    generations.getGeneration(GenerationId.of(5));
    assertThat(elumenta.tokensCharged()).isZero();
    generations.getGeneration(GenerationId.of(5));
    generations.getGeneration(GenerationId.of(5));

    assertThat(elumenta.tokensCharged()).isEqualTo(9);
  }

  @Test
  void pricesAndRowsOfTheHistoryAreNotCounted() {
    service
        .answersTo(PRICE, json(200, price(7)))
        .answersTo(
            "/api/v2/user/history",
            json(
                200,
                "{\"items\":[{\"id\":1,\"status\":\"completed\",\"tokens_spent\":5}],"
                    + "\"total\":1}"));

    elumenta.price(Samples.image());
    assertThat(elumenta.history().stream()).hasSize(1);

    assertThat(elumenta.tokensCharged()).isZero();
  }

  @Test
  void aGeneratedInterfaceThatCountsIsStillOne() {
    GenerationsApi generations = elumenta.api(GenerationsApi.class);

    assertThat(generations).isEqualTo(elumenta.api(GenerationsApi.class));
    assertThat(generations.hashCode()).isEqualTo(elumenta.api(GenerationsApi.class).hashCode());
    assertThat(generations).hasToString(service.url());
  }

  @Test
  void theBalanceIsAskedFor() {
    service.answers(json(200, "{\"token_balance\":283,\"plan\":\"vip\"}"));

    assertThat(elumenta.balance().getTokenBalance()).isEqualTo(283);
    assertThat(service.requests())
        .extracting(request -> request.getUrl())
        .isEqualTo(List.of("/api/v2/balance"));
  }
}
