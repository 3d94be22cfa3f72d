package ru.elumenta.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Side;
import ru.elumenta.contract.validation.ExchangeCheck;

/**
 * Says whether requests and responses obey the contract, the OpenAPI description in the jar
 * elumenta-openapi, and where they do not.
 *
 * <pre>{@code
 * List<Finding> findings = ContractValidator.standard().check(exchange);
 * }</pre>
 *
 * <p>By default requests are held to everything that the contract says and responses to what a
 * tolerant reader needs. The first validator of a JVM reads the contract, which takes about half a
 * second; all share what it read. Immutable and thread-safe. Sends nothing.
 */
public final class ContractValidator {
  private static final ContractValidator STANDARD =
      new ContractValidator(Strictness.STRICT, Strictness.TOLERANT, ExchangeCheck.BASE_PATH);

  private static final Set<String> SERVICE_AND_THIS_MACHINE =
      Set.of("elumenta.ru", "localhost", "127.0.0.1", "[::1]");

  private final Strictness requests;
  private final Strictness responses;
  private final String basePath;

  private ContractValidator(Strictness requests, Strictness responses, String basePath) {
    this.requests = requests;
    this.responses = responses;
    this.basePath = basePath;
  }

  /** Returns the validator with all defaults. */
  public static ContractValidator standard() {
    return STANDARD;
  }

  /** Returns a validator that is as strict as given with requests. Default strict. */
  public ContractValidator withRequests(Strictness strictness) {
    return new ContractValidator(
        Objects.requireNonNull(strictness, "strictness"), responses, basePath);
  }

  /** Returns a validator that is as strict as given with responses. Default tolerant. */
  public ContractValidator withResponses(Strictness strictness) {
    return new ContractValidator(
        requests, Objects.requireNonNull(strictness, "strictness"), basePath);
  }

  /**
   * Returns a validator for a server whose operations begin at another path. Default {@code
   * /api/v2}, as in the contract.
   *
   * @param basePath empty, or a path that begins with a slash and does not end with one
   * @throws IllegalArgumentException if it is neither
   */
  public ContractValidator withBasePath(String basePath) {
    if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
      throw new IllegalArgumentException(
          "The base path must be empty, or begin with a slash and not end with one, as in %s."
              .formatted(ExchangeCheck.BASE_PATH));
    }
    return new ContractValidator(requests, responses, basePath);
  }

  /**
   * Holds an exchange against the contract. Broken bodies are findings, never exceptions.
   *
   * @return what is wrong, the request first; empty if nothing is
   */
  public List<Finding> check(Exchange exchange) {
    return ExchangeCheck.of(exchange, basePath).stream()
        .filter(each -> !each.isTolerable() || strictness(each.side()) == Strictness.STRICT)
        .toList();
  }

  /** Holds a request alone against the contract. */
  public List<Finding> check(RequestMessage request) {
    return check(Exchange.of(request));
  }

  /** Returns the operationId of the operation that a request is for; empty if there is none. */
  public Optional<String> operationOf(RequestMessage request) {
    return ExchangeCheck.operationOf(request, basePath);
  }

  /**
   * Holds what was recorded against the contract: a HAR file of a browser or a proxy, a file of
   * stub mappings as WireMock's recorder writes them, or WireMock's journal ({@code
   * /__admin/requests}).
   *
   * <p>Of a HAR file the calls of {@code elumenta.ru} and of this machine below the base path are
   * taken; of WireMock's files, which name no host, all below the base path. Everything else is
   * counted and left out. The file is read entry by entry; texts of more than 64 MB are refused.
   * Secrets in it, in headers, cookies or bodies, never reach the report.
   *
   * @throws IOException if the file cannot be read or is no such recording; the message says where
   *     it breaks and shows nothing of it
   */
  public HarReport checkHar(Path file) throws IOException {
    return checkHar(file, SERVICE_AND_THIS_MACHINE);
  }

  /**
   * Does the same for calls of other hosts, for example a gateway of one's own.
   *
   * @param hosts names without ports, regardless of case
   * @throws IOException as {@link #checkHar(Path)} does
   */
  public HarReport checkHar(Path file, Set<String> hosts) throws IOException {
    RecordedTraffic traffic =
        new RecordedTraffic(
            this,
            basePath,
            hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    HarFile.read(file, traffic);
    return traffic.report();
  }

  private Strictness strictness(Side side) {
    return side == Side.REQUEST ? requests : responses;
  }
}
