package ru.elumenta.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;

/**
 * Entry point of the AssertJ assertions about the contract. AssertJ is a dependency of who uses
 * them.
 */
public final class ContractAssertions {
  private ContractAssertions() {}

  /** Asserts about an exchange, judged by the standard validator. */
  public static ExchangeAssert assertThat(@Nullable Exchange exchange) {
    return new ExchangeAssert(exchange);
  }

  /** Asserts about what a validator found. */
  public static FindingsAssert assertThat(@Nullable List<Finding> findings) {
    return new FindingsAssert(findings, "");
  }

  /** Asserts about what was collected, once all of it is checked. */
  public static FindingsAssert assertThat(ContractFindings findings) {
    return new FindingsAssert(findings.list(), " in %d exchanges".formatted(findings.exchanges()));
  }
}
