package ru.elumenta.contract.simulator;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import ru.elumenta.contract.RequestMessage;
import ru.elumenta.contract.ResponseMessage;
import ru.elumenta.contract.simulator.SimulatedService.Sent;

/** Lets the simulated service answer what WireMock is asked. */
public final class AnswersOfService implements ResponseDefinitionTransformerV2 {
  private final Supplier<SimulatedService> service;
  private final Supplier<Gateway> gateway;
  private final AtomicLong faults = new AtomicLong();

  /**
   * Creates it.
   *
   * @param service asked for every request, so that it may be exchanged
   * @param gateway what does to an answer what WireMock cannot
   */
  public AnswersOfService(Supplier<SimulatedService> service, Supplier<Gateway> gateway) {
    this.service = service;
    this.gateway = gateway;
  }

  @Override
  public String getName() {
    return "simulated-service";
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    Sent sent = service.get().answer(message(event.getRequest()));
    ResponseMessage response = sent.response();
    ResponseDefinitionBuilder answer =
        ResponseDefinitionBuilder.responseDefinition()
            .withStatus(response.status())
            .withBody(response.body());
    response
        .headers()
        .forEach((name, values) -> answer.withHeader(name, values.toArray(String[]::new)));
    if (sent.fault() != null) {
      String name = Long.toString(faults.incrementAndGet());
      gateway.get().expect(name, sent.fault());
      answer.withHeader(Gateway.FAULT_HEADER, name);
    }
    return answer.build();
  }

  private static RequestMessage message(Request request) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (HttpHeader header : request.getHeaders().all()) {
      headers.put(header.key(), header.values());
    }
    return RequestMessage.of(
        request.getMethod().value(), request.getUrl(), headers, request.getBody());
  }
}
