package ru.elumenta.client.internal.recovery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.OutcomeLookUp;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.codec.WrittenRequest;
import ru.elumenta.client.internal.transport.Upload;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;

/**
 * Writes paid calls into the journal, and looks for lost ones in {@code GET /user/history}.
 * Thread-safe.
 */
public final class LostCalls implements OutcomeLookUp {
  /** A stream is never looked up, but what it makes must not be taken for that of another call. */
  private static final Set<String> CREATING = Set.of("createGeneration", "streamGeneration");

  private final Shared shared;
  private final HistoryLook.Parts parts;

  /** What the calls of one client learn from each other, and how they look for what is lost. */
  record Shared(RowClock rowClock, UnnamedResults unnamed, TimeSource time, RepeatedLook again) {}

  /**
   * Creates a look-up that calls the service through the given interfaces.
   *
   * @param rateLimitWait how long to wait if the service refuses a look and does not say how long
   */
  public LostCalls(
      CallJournal journal,
      Supplier<GenerationsApi> generations,
      Supplier<HistoryApi> history,
      TimeSource time,
      Pause pause,
      Duration rateLimitWait) {
    this.shared =
        new Shared(
            new RowClock(),
            new UnnamedResults(),
            time,
            new RepeatedLook(time, pause, rateLimitWait));
    this.parts =
        new HistoryLook.Parts(
            new HistorySearch(history, shared.rowClock(), time),
            new RowClaim(journal, shared.unnamed()),
            journal,
            generations);
  }

  @Override
  public Optional<Tracked> track(String operation, Object[] arguments, CallTerms terms) {
    HistoryLook.Parts parts = terms.journal().map(this.parts::with).orElse(this.parts);
    if (CREATING.contains(operation)) {
      return Optional.of(
          arguments[0] instanceof WrittenRequest written
              ? new SentCall(shared, parts, operation, written.model(), written::members)
              : unwritable((GenerationRequest) arguments[0], operation, parts));
    }
    return Upload.among(arguments)
        .map(
            upload ->
                new SentCall(
                    shared,
                    parts,
                    operation,
                    upload.model(),
                    () -> Map.of("model", upload.model())));
  }

  /** It is refused when it is encoded: nothing of it is sent. */
  private Tracked unwritable(GenerationRequest request, String operation, HistoryLook.Parts parts) {
    return new SentCall(shared, parts, operation, request.getModel(), Map::of);
  }

  /** Returns the journal of these calls. */
  public CallJournal journal() {
    return parts.journal();
  }

  /**
   * Looks once for a call that nobody waits for any more. What is found belongs to the call from
   * then on, and the call is closed.
   *
   * @param journal where its outcome and whose row is whose are written down
   * @return {@link Found}, or what is not known
   * @throws ElumentaException if the history, the generation or the journal cannot be read
   */
  public Finding look(OpenCall call, CallJournal journal, Deadline deadline) {
    HistoryLook.Parts parts = this.parts.with(journal);
    Finding near =
        new HistoryLook(parts, call, deadline).once(false); // further back is nothing of its own
    return near instanceof NotThere || near instanceof Perhaps
        ? new HistoryLook(parts, call, deadline).once(true)
        : near;
  }
}
