package ru.elumenta.contract;

import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;

/** Assertions about findings. */
public final class FindingsAssert extends AbstractAssert<FindingsAssert, List<Finding>> {
  private static final int MOST_SHOWN = 20;

  private final String where;

  FindingsAssert(@Nullable List<Finding> findings, String where) {
    super(findings, FindingsAssert.class);
    this.where = where;
  }

  /** Fails, and says what was found, unless nothing was. */
  public FindingsAssert isEmpty() {
    isNotNull();
    if (!actual.isEmpty()) {
      failWithMessage("%s", text("Expected nothing to deviate from the contract" + where, actual));
    }
    return this;
  }

  /** Fails unless there is such a finding. */
  public FindingsAssert hasFinding(String operation, String place, Rule rule) {
    isNotNull();
    boolean isThere =
        actual.stream()
            .anyMatch(
                each ->
                    each.operation().equals(operation)
                        && each.place().equals(place)
                        && each.rule() == rule);
    if (!isThere) {
      failWithMessage(
          "%s", text("Expected %s at %s of %s%s".formatted(rule, place, operation, where), actual));
    }
    return this;
  }

  static String text(String expectation, List<Finding> findings) {
    StringBuilder text =
        new StringBuilder("%s, but there are %d findings:".formatted(expectation, findings.size()));
    findings.stream().limit(MOST_SHOWN).forEach(each -> text.append("\n  - ").append(each));
    if (findings.size() > MOST_SHOWN) {
      text.append("\n  and %d more".formatted(findings.size() - MOST_SHOWN));
    }
    return text.toString();
  }
}
