package ru.elumenta.spring.boot;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in two sentences which property keeps the application from starting. */
final class UnusablePropertyAnalyzer extends AbstractFailureAnalyzer<UnusablePropertyException> {
  @Override
  protected FailureAnalysis analyze(Throwable root, UnusablePropertyException cause) {
    return new FailureAnalysis(
        "The Elumenta client cannot be built with these properties. " + cause.getMessage(),
        cause.property().endsWith(MissingKey.API_KEY)
            ? MissingKey.ACTION
            : "Correct what is configured under " + cause.property() + ".",
        cause);
  }
}
