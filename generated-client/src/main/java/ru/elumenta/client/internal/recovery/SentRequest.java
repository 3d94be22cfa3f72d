package ru.elumenta.client.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.journal.RequestFingerprint;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;

/**
 * What is known of a sent request that a row of the history can be compared with.
 *
 * @param model the slug, or null if the request named none
 * @param prompt the prompt, or null if the request had its input elsewhere; how the service records
 *     messages and spoken text in the history is not documented
 * @param whole the request itself: what the history does not show may still tell two calls apart
 */
record SentRequest(String model, String prompt, GenerationRequest whole) {
  /** By so much a time may be off that has lost its zone. */
  static final Duration WELL_BEFORE = Duration.ofHours(15);

  static SentRequest of(GenerationRequest request) {
    return new SentRequest(request.getModel(), request.getPrompt(), request);
  }

  /** Requests with the same fingerprint cannot be told apart by a row of the history. */
  String fingerprint() {
    return model + "\n" + prompt;
  }

  /** Returns a hash of all that was sent. Costs something: asked for once the answer is lost. */
  String hash() {
    return RequestFingerprint.of(JsonCodec.membersOf(whole)).whole();
  }

  /** Whether a row shows this request. */
  enum Match {
    /** Model and prompt are the same. */
    YES,
    /** It cannot be told from what the row or the request says. */
    PERHAPS,
    /** It is certainly another one: of another model, or much older. */
    NO
  }

  /**
   * Compares.
   *
   * @param notBefore the first moment at which a row of this request may have been created
   */
  Match compare(HistoryItem row, Instant notBefore) {
    Instant created = row.getCreatedAt();
    if (created != null && created.isBefore(notBefore.minus(WELL_BEFORE))) {
      return Match.NO;
    }
    String rowModel = row.modelName().orElse(null);
    boolean isSamePrompt = isPrompt(row.getPrompt());
    if (isOther(rowModel) && !isSamePrompt) {
      return Match.NO;
    }
    boolean isRecent = created != null && !created.isBefore(notBefore);
    return isRecent && model != null && model.equals(rowModel) && isSamePrompt
        ? Match.YES
        : Match.PERHAPS; // a text may have been rewritten, a time have lost its zone
  }

  /** The documentation asks for kling-v2.1 and shows kling-v2.1-pro: a slug may be an alias. */
  private boolean isOther(String rowModel) {
    return model != null
        && rowModel != null
        && !model.startsWith(rowModel)
        && !rowModel.startsWith(model);
  }

  private boolean isPrompt(String shown) {
    return prompt != null && shown != null && prompt.strip().equals(shown.strip());
  }
}
