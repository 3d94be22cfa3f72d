package ru.elumenta.contract.live;

import feign.Client;
import feign.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.contract.ContractFindings;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.Strictness;
import ru.elumenta.contract.ValidatingClient;

/**
 * Gives a test a client of the service that only reads and tries once, and writes a report in the
 * end. Which service, and with which key, is said by the environment; properties go before it.
 */
final class LiveService implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  static final String BASE_URL = "elumenta.live.baseUrl";
  static final String KEY = "elumenta.live.key"; // for tests of this class only: others see it
  static final String REPORT = "elumenta.live.report";

  private static final String NO_KEY =
      "There is no key: set the environment variable ELUMENTA_API_KEY to an API key of Elumenta."
          + " The tests only read; they cost nothing and change nothing.";

  private ContractFindings findings;
  private ElumentaClient client;
  private Path report;

  @Override
  public void beforeAll(ExtensionContext context) {
    String key = setting(context, KEY, "ELUMENTA_API_KEY").orElse("");
    if (key.isBlank()) {
      throw new IllegalStateException(NO_KEY);
    }
    report = Path.of(context.getConfigurationParameter(REPORT).orElse("target/drift-report.md"));
    // Everything goes into the report; what is tolerable fails no test.
    findings = new ContractFindings(ContractValidator.standard().withResponses(Strictness.STRICT));
    ElumentaClientBuilder builder =
        ElumentaClient.builder()
            .apiKey(key)
            .retry(RetryOptions.none())
            .decorate(readingOnly())
            .decorate(ValidatingClient.reportingTo(findings));
    setting(context, BASE_URL, "ELUMENTA_BASE_URL").ifPresent(builder::baseUrl);
    client = builder.build();
  }

  private static Optional<String> setting(ExtensionContext context, String name, String variable) {
    return context
        .getConfigurationParameter(name)
        .or(() -> Optional.ofNullable(System.getenv(variable)))
        .filter(value -> name.equals(KEY) || !value.isBlank());
  }

  /** What could change or cost something does not leave, whatever a test does. */
  private static UnaryOperator<Client> readingOnly() {
    return transport ->
        (request, options) -> {
          if (request.httpMethod() != Request.HttpMethod.GET) {
            throw new IOException("Only reading is allowed here.");
          }
          return transport.execute(request, options);
        };
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (client != null) {
      client.close();
      DriftFiles.write(
          findings.report(), findings.list(), Path.of("..", DriftFiles.CONTRACT), report);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ElumentaClient.class || type == ContractFindings.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == ElumentaClient.class ? client : findings;
  }
}
