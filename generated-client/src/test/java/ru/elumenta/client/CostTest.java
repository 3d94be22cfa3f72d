package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.MaxCostExceededException;
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
    elumenta.attach(video.id()).await();
    assertThatThrownBy(() -> elumenta.generate(Samples.image()))
        .isInstanceOf(GenerationFailedException.class);

    assertThat(elumenta.tokensCharged()).isEqualTo(67);
    assertThat(elumenta.maxCost(1).tokensCharged()).isEqualTo(67);
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
