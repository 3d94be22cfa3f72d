package ru.elumenta.client.batch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.model.GenerationRequest;

/**
 * One item of a batch.
 *
 * @param line of the input
 * @param id its own, as the row gives it, or else made of the line
 * @param inputHash of the input up to here
 * @param request what it asks for; null if the row is none
 * @param priceKey requests with the same have the same price
 * @param problem why the row is no request, as the end of a sentence
 */
record Item(
    int line,
    String id,
    String inputHash,
    @Nullable GenerationRequest request,
    String priceKey,
    Optional<String> problem) {

  static String defaultId(int line) {
    return "line-" + line;
  }
}
