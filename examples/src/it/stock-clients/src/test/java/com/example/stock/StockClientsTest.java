package com.example.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.stock.StockClient.Read;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/** Clients that stock generators make of the published bundle work against the simulator. */
class StockClientsTest {
  private ElumentaSimulator service = ElumentaSimulator.start();

  static Stream<Named<Function<ElumentaSimulator, StockClient>>> clients() {
    return Stream.of(
        Named.of("native", NativeClient::new),
        Named.of("okhttp-gson", OkHttpClient::new),
        Named.of("restclient", RestClient::new),
        Named.of("feign", FeignClient::new));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void textIsGeneratedAndCharged(Function<ElumentaSimulator, StockClient> kind) {
    StockClient client = kind.apply(service);
    long before = client.balance();

    Read text = client.create("gpt-5", "Say hello");

    assertThat(text.status()).isEqualTo("completed");
    assertThat(text.text()).isNotBlank();
    assertThat(client.balance()).isEqualTo(before - service.tokensCharged()).isLessThan(before);
    assertThat(service.charges()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aVideoIsPolledToTheEndByTheIdThatCame(Function<ElumentaSimulator, StockClient> kind) {
    pollToTheEnd(kind);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void anIdThatIsTextDoesAsWell(Function<ElumentaSimulator, StockClient> kind) {
    service.close();
    service = ElumentaSimulator.builder().dialect(Dialect.SECOND).start();
    pollToTheEnd(kind);
  }

  private void pollToTheEnd(Function<ElumentaSimulator, StockClient> kind) {
    service.next().to("createGeneration").fail(Fault.slowJob(Duration.ofSeconds(12)));
    StockClient client = kind.apply(service);

    Read read = client.create("kling-v2.1", "A lighthouse");
    String id = read.id();
    for (int polls = 0; read.status().equals("pending") && polls < 10; polls++) {
      service.advance(Duration.ofSeconds(5));
      read = client.readAgain();
    }

    assertThat(read.status()).isEqualTo("completed");
    assertThat(read.id()).isEqualTo(id);
    assertThat(read.url()).startsWith("http");
    assertThat(service.charges()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void historyAndPriceAreRead(Function<ElumentaSimulator, StockClient> kind) {
    StockClient client = kind.apply(service);
    client.create("gpt-5", "One");
    client.create("dall-e-3", "Two");

    assertThat(client.history()).isEqualTo(2);
    assertThat(client.price("dall-e-3")).isPositive();
  }

  @ParameterizedTest
  @MethodSource("clients")
  void whatIsRefusedIsAnExceptionWithItsStatusAndItsWords(
      Function<ElumentaSimulator, StockClient> kind) {
    StockClient client = kind.apply(service);

    service.balance(0);
    assertThatThrownBy(() -> client.create("dall-e-3", "Too dear"))
        .isInstanceOfSatisfying(
            StockClient.Refused.class,
            refused -> {
              assertThat(refused.status).isEqualTo(402);
              assertThat(refused.body).contains("insufficient_tokens");
            });

    service.balance(1_000);
    service.next().fail(Fault.error(422, "validation_error"));
    assertThatThrownBy(() -> client.create("dall-e-3", "Refused"))
        .isInstanceOfSatisfying(
            StockClient.Refused.class, refused -> assertThat(refused.status).isEqualTo(422));

    service.next().fail(Fault.rateLimited(Duration.ofSeconds(7)));
    assertThatThrownBy(() -> client.create("dall-e-3", "Too often"))
        .isInstanceOfSatisfying(
            StockClient.Refused.class,
            refused -> {
              assertThat(refused.status).isEqualTo(429);
              assertThat(refused.body).contains("rate_limit_exceeded");
            });
    assertThat(service.charges()).isZero();
  }
}
