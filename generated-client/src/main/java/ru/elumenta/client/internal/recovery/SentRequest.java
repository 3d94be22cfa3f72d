package ru.elumenta.client.internal.recovery;

import java.time.Instant;
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
    Match samePrompt = comparePrompt(row.getPrompt());
    String rowModel = row.modelName().orElse(null);
    // The documentation asks for kling-v2.1 and shows kling-v2.1-pro: a slug may be an alias.
    boolean sameModel = model != null && model.equals(rowModel);
    return samePrompt == Match.YES && (created == null || !sameModel) ? Match.PERHAPS : samePrompt;
  }

  /** A prompt that is not known may be any; one that the history has cut short begins the same. */
  private Match comparePrompt(String rowPrompt) {
    if (prompt == null || rowPrompt == null) {
      return Match.PERHAPS;
    }
    String sent = prompt.strip();
    String shown = rowPrompt.strip();
    if (sent.equals(shown)) {
      return Match.YES;
    }
    return sent.startsWith(shown.replaceFirst("(…|\\.\\.\\.)$", "")) ? Match.PERHAPS : Match.NO;
  }
}
