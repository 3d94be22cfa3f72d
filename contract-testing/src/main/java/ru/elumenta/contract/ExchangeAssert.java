package ru.elumenta.contract;

import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;

/** Assertions about one exchange. */
public final class ExchangeAssert extends AbstractAssert<ExchangeAssert, Exchange> {
  private ContractValidator validator = ContractValidator.standard();

  ExchangeAssert(@Nullable Exchange exchange) {
    super(exchange, ExchangeAssert.class);
  }

  /** Has another validator judge what follows. */
  public ExchangeAssert judgedBy(ContractValidator validator) {
    this.validator = validator;
    return this;
  }

  /** Fails, and says what is wrong, unless nothing is. */
  public ExchangeAssert obeysContract() {
    return obeys(validator.check(notNull()));
  }

  /** Fails unless nothing is wrong with the request, whatever was answered. */
  public ExchangeAssert requestObeysContract() {
    return obeys(validator.check(notNull().request()));
  }

  private Exchange notNull() {
    isNotNull();
    return actual;
  }

  private ExchangeAssert obeys(List<Finding> findings) {
    if (!findings.isEmpty()) {
      failWithMessage(
          "%s", FindingsAssert.text("Expected " + actual + " to obey the contract", findings));
    }
    return this;
  }
}
