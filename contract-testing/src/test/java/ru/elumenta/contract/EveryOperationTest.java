package ru.elumenta.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import jakarta.annotation.Nullable;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.AssistantsApi;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.api.KeysApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.api.PaymentsApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.exchange.WireMockExchange;

/** What the client really sends for every operation and every documented request. */
class EveryOperationTest {
  private static final ObjectMapper JSON = JsonMapper.builder().findAndAddModules().build();
  private static final List<Class<?>> APIS =
      List.of(
          AssistantsApi.class,
          AuthApi.class,
          GenerationsApi.class,
          HistoryApi.class,
          KeysApi.class,
          ModelsApi.class,
          PaymentsApi.class,
          UserApi.class);

  @TestFactory
  Stream<DynamicTest> obeysTheContractOnTheWire() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Entry<String, Exchange> sample : ContractSamples.all().entrySet()) {
      String operation = sample.getKey().split(" ")[0];
      boolean isSuccess = sample.getValue().response().orElseThrow().status() < 300;
      method(operation)
          .filter(each -> isSuccess)
          .ifPresent(
              method ->
                  tests.add(
                      DynamicTest.dynamicTest(
                          sample.getKey(), () -> obeys(method, sample.getValue()))));
    }
    assertThat(tests).hasSizeGreaterThan(50);
    return tests.stream();
  }

  private static Optional<Method> method(String operation) {
    return APIS.stream()
        .flatMap(api -> Arrays.stream(api.getMethods()))
        .filter(each -> each.getName().equals(operation))
        .findFirst();
  }

  private static void obeys(Method method, Exchange sample) throws Exception {
    WireMockServer server = new WireMockServer(options().dynamicPort());
    server.start();
    ContractFindings findings =
        new ContractFindings(ContractValidator.standard().withResponses(Strictness.STRICT));
    try (ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(SampleExchange.KEY)
            .baseUrl(server.baseUrl() + "/api/v2")
            .decorate(ValidatingClient.reportingTo(findings))
            .build()) {
      server.stubFor(any(anyUrl()).willReturn(answer(sample)));

      method.invoke(elumenta.api(method.getDeclaringClass()), arguments(method, sample));

      ContractAssertions.assertThat(findings).isEmpty();
      assertThat(findings.exchanges()).isEqualTo(1);
      assertThat(server.findAll(anyRequestedFor(anyUrl()))).hasSize(1);
      ContractAssertions.assertThat(WireMockExchange.of(server.getAllServeEvents().get(0)))
          .judgedBy(ContractValidator.standard().withResponses(Strictness.STRICT))
          .obeysContract();
    } finally {
      server.stop();
    }
  }

  private static ResponseDefinitionBuilder answer(Exchange sample) {
    ResponseMessage response = sample.response().orElseThrow();
    ResponseDefinitionBuilder answer =
        aResponse().withStatus(response.status()).withBody(response.body());
    response.headers().forEach((name, values) -> answer.withHeader(name, values.get(0)));
    return answer;
  }

  private static Object[] arguments(Method method, Exchange sample) throws IOException {
    List<Object> arguments = new ArrayList<>();
    for (Parameter parameter : method.getParameters()) {
      Class<?> type = parameter.getType();
      boolean isBody = type.getPackage().equals(Generation.class.getPackage());
      boolean isGiven = isBody && sample.request().body().length > 0;
      if (parameter.isAnnotationPresent(Nullable.class) && !isGiven) {
        arguments.add(null);
      } else if (type == String.class) {
        arguments.add("gpt-5");
      } else if (type == Long.class) {
        arguments.add(7L);
      } else if (type == GenerationId.class) {
        arguments.add(GenerationId.of("gen_01j9x2abc123"));
      } else {
        arguments.add(JSON.readValue(sample.request().body(), type));
      }
    }
    return arguments.toArray();
  }
}
