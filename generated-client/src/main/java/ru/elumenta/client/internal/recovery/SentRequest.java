package ru.elumenta.client.internal.recovery;

import java.time.Instant;
import java.util.Objects;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;

/**
 * What is known of a sent request that a row of the history can be compared with.
 *
 * @param model the slug, or null if the request named none
 * @param prompt the prompt, or null if the request had its input elsewhere; how the service records
 *     messages and spoken text in the history is not documented
 */
record SentRequest(String model, String prompt) {
  static SentRequest of(GenerationRequest request) {
    return new SentRequest(request.getModel(), request.getPrompt());
  }

  /** Requests with the same fingerprint cannot be told apart in the history. */
  String fingerprint() {
    return model + "\n" + prompt;
  }

  /** Whether a row shows this request. */
  enum Match {
    /** Model and prompt are the same. */
    YES,
    /** It cannot be told from what the row or the request says. */
    PERHAPS,
    /** It is another one, or older. */
    NO
  }

  Match compare(HistoryItem row, Instant notBefore) {
    Instant created = row.getCreatedAt();
    if (created != null && created.isBefore(notBefore)) {
      return Match.NO;
    }
    String rowModel = row.modelName().orElse(null);
    if (model != null && rowModel != null && !model.equals(rowModel)) {
      return Match.NO;
    }
    if (created == null || model == null || rowModel == null) {
      return Match.PERHAPS;
    }
    if (prompt == null || row.getPrompt() == null) {
      return Match.PERHAPS;
    }
    return Objects.equals(prompt.strip(), row.getPrompt().strip()) ? Match.YES : Match.NO;
  }
}
