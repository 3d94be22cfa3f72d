package ru.elumenta.client.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.PromptFingerprint.Likeness;
import ru.elumenta.client.journal.RequestFingerprint;
import ru.elumenta.client.model.HistoryItem;

/** Whether a row of the history shows a call. */
enum RowMatch {
  /** Model, prompt and time are the same, and nothing it shows contradicts what was sent. */
  YES,
  /** It cannot be told from what the row or the request says. */
  PERHAPS,
  /** It is certainly another one: of another model and prompt, or much older. */
  NO;

  /** By so much a time may be off that has lost its zone. */
  static final Duration WELL_BEFORE = Duration.ofHours(15);

  /**
   * When the generation of a call was created, by the clock of the rows.
   *
   * @param from the first moment
   * @param to the last moment
   */
  record Window(Instant from, Instant to) {
    boolean contains(Instant created) {
      return created != null && !created.isBefore(from) && !created.isAfter(to);
    }
  }

  static RowMatch of(HistoryItem row, OpenCall call, Window window) {
    Instant created = row.getCreatedAt();
    if (created != null && created.isBefore(window.from.minus(WELL_BEFORE))) {
      return NO;
    }
    String model = call.model().orElse(null);
    String rowModel = row.modelName().orElse(null);
    boolean isSamePrompt = isSame(call.request(), row.getPrompt());
    if (isOther(model, rowModel) && !isSamePrompt) {
      return NO;
    }
    return window.contains(created)
            && model != null
            && model.equals(rowModel)
            && isSamePrompt
            && !mayBeOfRefusedAttempt(row, call)
            && !contradicts(call.request(), row)
        ? YES
        : PERHAPS; // a text may have been rewritten, a time have lost its zone
  }

  /** An attempt that was refused may have left a row that says so; the last one is looked for. */
  private static boolean mayBeOfRefusedAttempt(HistoryItem row, OpenCall call) {
    return call.attempts() > 1 && row.isFailed();
  }

  /** Returns whether a parameter that is shown is another than the one that was sent. */
  static boolean contradicts(RequestFingerprint sent, Object shown) {
    Map<String, Object> members = JsonCodec.membersOf(shown);
    return contradicts(sent, members)
        || (members.get("params") instanceof Map<?, ?> params && contradicts(sent, params));
  }

  private static boolean contradicts(RequestFingerprint sent, Map<?, ?> members) {
    return members.entrySet().stream()
        .anyMatch(each -> sent.contradicts(String.valueOf(each.getKey()), each.getValue()));
  }

  /** The documentation asks for kling-v2.1 and shows kling-v2.1-pro: a slug may be an alias. */
  private static boolean isOther(String model, String rowModel) {
    return model != null
        && rowModel != null
        && !model.startsWith(rowModel)
        && !rowModel.startsWith(model);
  }

  private static boolean isSame(RequestFingerprint sent, String shown) {
    if (shown == null) {
      return false;
    }
    Optional<Likeness> likeness = sent.prompt().map(prompt -> prompt.compare(shown));
    return likeness.filter(l -> l == Likeness.SAME || l == Likeness.REWRITTEN).isPresent();
  }
}
