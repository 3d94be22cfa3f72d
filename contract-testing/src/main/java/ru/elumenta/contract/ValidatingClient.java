package ru.elumenta.contract;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;

/**
 * A Feign transport that holds what goes through another one against the contract.
 *
 * <pre>{@code
 * ContractFindings findings = new ContractFindings();
 * ElumentaClient elumenta = ElumentaClient.builder().apiKey(key)
 *     .decorate(ValidatingClient.reportingTo(findings)).build();
 * }</pre>
 *
 * <p>Sends nothing of its own and changes nothing: responses, streams included, are passed on as
 * they come, failures as they are, and no call fails or waits because of a finding. Checking is
 * done elsewhere, see {@link ContractFindings}. Thread-safe if the other transport is.
 */
public final class ValidatingClient implements Client {
  private final Client transport;
  private final ContractFindings findings;

  /**
   * Creates a transport.
   *
   * @param transport what sends the requests; is not closed
   * @param findings what takes the findings
   */
  public ValidatingClient(Client transport, ContractFindings findings) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.findings = Objects.requireNonNull(findings, "findings");
  }

  /** Returns what to give to {@code ElumentaClientBuilder.decorate(…)}. */
  public static UnaryOperator<Client> reportingTo(ContractFindings findings) {
    Objects.requireNonNull(findings, "findings");
    return transport -> new ValidatingClient(transport, findings);
  }

  @Override
  public @Nullable Response execute(Request request, Request.Options options) throws IOException {
    boolean isAnswered = false;
    try {
      Response response = transport.execute(request, options);
      isAnswered = true;
      return response == null ? null : observed(request, response);
    } finally {
      if (!isAnswered) {
        findings.add(size(request), () -> Exchange.of(RequestMessage.of(request)));
      }
    }
  }

  private Response observed(Request request, Response response) {
    Response.Body body = response.body();
    if (body == null || body.isRepeatable()) {
      // A body in memory: read again later, by the thread that checks.
      long size = body == null || body.length() == null ? 0 : body.length();
      findings.add(size(request) + size, () -> Exchange.of(request, response));
      return response;
    }
    return response.toBuilder()
        .body(new ObservedBody(body, (bytes, isWhole) -> read(request, response, bytes, isWhole)))
        .build();
  }

  private void read(Request request, Response response, byte[] bytes, boolean isWhole) {
    findings.add(
        size(request) + bytes.length,
        () ->
            Exchange.of(
                RequestMessage.of(request),
                isWhole
                    ? ResponseMessage.of(response.status(), response.headers(), bytes)
                    : ResponseMessage.beginningOf(response.status(), response.headers(), bytes)));
  }

  private static long size(Request request) {
    return request.body() == null ? 0 : request.body().length;
  }
}
