package ru.elumenta.contract.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/** Holds one exchange against the contract, as strictly as can be. Thread-safe. */
public final class ExchangeCheck {
  /** Where the operations of the contract's server begin. */
  public static final String BASE_PATH = "/api/v2";

  private final SharedContract contract;
  private final String basePath;
  private final RequestMessage request;
  private final FindingList onRequest;
  private final List<Finding> findings = new ArrayList<>();

  private ExchangeCheck(SharedContract contract, RequestMessage request, String basePath) {
    this.contract = contract;
    this.basePath = basePath;
    this.request = request;
    this.onRequest = findingsOn(Side.REQUEST, Finding.NO_OPERATION);
  }

  /** Returns every deviation of an exchange, tolerable or not, the request's first. */
  public static List<Finding> of(Exchange exchange, String basePath) {
    return of(SharedContract.elumenta(), exchange, basePath);
  }

  static List<Finding> of(SharedContract contract, Exchange exchange, String basePath) {
    return new ExchangeCheck(contract, exchange.request(), basePath).check(exchange);
  }

  /** Returns the operationId of what a request is for; empty if the contract does not have it. */
  public static Optional<String> operationOf(RequestMessage request, String basePath) {
    ExchangeCheck check = new ExchangeCheck(SharedContract.elumenta(), request, basePath);
    return check.operation().map(ContractOperation::id);
  }

  /**
   * An operation of the contract.
   *
   * @param statuses those that are documented
   */
  public record Documented(String id, String method, String path, List<String> statuses) {}

  /** Returns the operations of the contract, in its order. */
  public static List<Documented> documented() {
    return SharedContract.elumenta().operations().stream()
        .map(each -> new Documented(each.id(), each.method(), each.template(), each.statuses()))
        .toList();
  }

  private FindingList findingsOn(Side side, String operation) {
    return new FindingList(
        operation, side, new Shown(contract.passwordMembers(), request.headers()));
  }

  private List<Finding> check(Exchange exchange) {
    Optional<ContractOperation> operation = operation();
    findings.addAll(onRequest.all());
    operation.ifPresent(
        each -> {
          FindingList asked = findingsOn(Side.REQUEST, each.id());
          RequestRules rules = new RequestRules(each, request, asked);
          rules.check(localPath());
          findings.addAll(asked.all());
          exchange
              .response()
              .ifPresent(
                  response -> {
                    FindingList answered = findingsOn(Side.RESPONSE, each.id());
                    new ResponseRules(contract, each, response, answered)
                        .check(rules.asksForStream());
                    findings.addAll(answered.all());
                  });
        });
    return List.copyOf(findings);
  }

  private Optional<ContractOperation> operation() {
    String path = localPath();
    List<ContractOperation> there = contract.operationsAt(path);
    if (!isBelowBasePath()) {
      onRequest.add("path", Rule.BASE_PATH, basePath + "/…", shown(request.path()));
    }
    if (there.isEmpty()) {
      if (isBelowBasePath()) {
        onRequest.add("path", Rule.PATH, "a path of the contract", shown(path));
      }
      return Optional.empty();
    }
    Optional<ContractOperation> operation =
        there.stream().filter(each -> each.method().equals(request.method())).findFirst();
    if (operation.isEmpty()) {
      String methods =
          String.join(" or ", there.stream().map(ContractOperation::method).sorted().toList());
      onRequest.add(
          "method", Rule.METHOD, methods + " " + there.get(0).template(), request.method());
    }
    return operation;
  }

  private String shown(String path) {
    return onRequest.shown().clean(path);
  }

  private boolean isBelowBasePath() {
    return request.path().startsWith(basePath + "/");
  }

  private String localPath() {
    return isBelowBasePath() ? request.path().substring(basePath.length()) : request.path();
  }
}
