package ru.elumenta.contract;

import java.nio.charset.StandardCharsets;
import java.util.Map.Entry;

/** What the documentation answers to an operation that only reads. */
public final class DocumentedAnswers {
  private DocumentedAnswers() {}

  /** Returns the first sample of a success, as JSON. */
  public static String to(String operation) {
    return ContractSamples.all().entrySet().stream()
        .filter(each -> each.getKey().matches(operation + " .* 200 .*"))
        .map(Entry::getValue)
        .map(each -> each.response().orElseThrow().body())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
        .findFirst()
        .orElseThrow();
  }
}
