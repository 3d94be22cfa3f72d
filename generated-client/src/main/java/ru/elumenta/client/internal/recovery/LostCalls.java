package ru.elumenta.client.internal.recovery;

import feign.TypedResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.call.BackOff;
import ru.elumenta.client.internal.call.CallTerms;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.OutcomeLookUp;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.codec.JsonCodec;
import ru.elumenta.client.internal.recovery.RowClock.Difference;
import ru.elumenta.client.internal.stream.EventStream;
import ru.elumenta.client.internal.transport.Upload;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.RequestFingerprint;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;

/**
 * Writes paid calls into the journal, and looks for lost ones in {@code GET /user/history}.
 * Thread-safe.
 */
public final class LostCalls implements OutcomeLookUp {
  /**
   * The waits before the first looks. A row may appear late, perhaps only when the work is done,
   * which for what is answered at once takes up to a minute.
   */
  private static final List<Duration> FIRST_WAITS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40));

  /** How long the history must show nothing before that is taken for a sign. */
  private static final Duration LEAST_WATCH = Duration.ofMinutes(1);

  /** The wait before each further look. */
  private static final Duration LATER_WAIT = Duration.ofMinutes(1);

  /** What a last look before the deadline needs. */
  private static final Duration ONE_LOOK = Duration.ofSeconds(2);

  /** Less is a clock that is kept right little by little. */
  private static final Duration CLOCK_WAS_SET = Duration.ofSeconds(1);

  /** A stream is never looked up, but what it makes must not be taken for that of another call. */
  private static final Set<String> CREATING = Set.of("createGeneration", "streamGeneration");

  private final RowClock rowClock = new RowClock();
  private final UnnamedResults unnamed = new UnnamedResults();
  private final HistoryLook.Parts parts;
  private final TimeSource time;
  private final Pause pause;
  private final Duration rateLimitWait;

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
    this.parts =
        new HistoryLook.Parts(
            new HistorySearch(history, rowClock, time),
            new RowClaim(journal, unnamed),
            journal,
            generations);
    this.time = time;
    this.pause = pause;
    this.rateLimitWait = rateLimitWait;
  }

  @Override
  public Optional<Tracked> track(String operation, Object[] arguments, CallTerms terms) {
    HistoryLook.Parts parts = terms.journal().map(this.parts::with).orElse(this.parts);
    if (CREATING.contains(operation)) {
      GenerationRequest request = (GenerationRequest) arguments[0];
      return Optional.of(
          new SentCall(parts, operation, request.getModel(), () -> JsonCodec.membersOf(request)));
    }
    return Upload.among(arguments)
        .map(
            upload ->
                new SentCall(
                    parts, operation, upload.model(), () -> Map.of("model", upload.model())));
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

  private final class SentCall implements Tracked {
    private final HistoryLook.Parts parts;
    private final String model;
    private final Supplier<Map<String, Object>> members;
    private final String operation;
    private OpenCall call; // null until it is sent
    private Instant sent;
    private long begun; // by the clock that only moves forward
    private boolean isClosed;

    SentCall(
        HistoryLook.Parts parts,
        String operation,
        String model,
        Supplier<Map<String, Object>> members) {
      this.parts = parts;
      this.operation = operation;
      this.model = model;
      this.members = members;
    }

    @Override
    public Optional<String> model() {
      return Optional.ofNullable(model);
    }

    @Override
    public void sending(Duration patience) {
      Instant now = time.now();
      OpenCall next =
          call == null
              ? OpenCall.of(
                  operation,
                  model,
                  fingerprint(),
                  now,
                  rowClock.known().map(Difference::least).orElse(null))
              : call.sentAgain(now);
      begun = call == null ? time.nanoTime() : begun;
      parts.journal().open(next, patience);
      call = next;
      sent = now;
    }

    /** What cannot be written as JSON is refused when it is encoded, with a better sentence. */
    private RequestFingerprint fingerprint() {
      try {
        return RequestFingerprint.ofUnchanging(members.get());
      } catch (IllegalArgumentException e) {
        return RequestFingerprint.of(Map.of());
      }
    }

    @Override
    public Optional<OpenCall> openCall() {
      return Optional.ofNullable(call);
    }

    @Override
    public void answered(Object result) {
      Object body = result instanceof TypedResponse<?> response ? response.body() : result;
      GenerationId id = null;
      if (body instanceof Generation generation) {
        id = generation.identity().orElse(null);
        if (generation.getCreatedAt() != null) {
          rowClock.learn(sent, time.now(), generation.getCreatedAt());
        }
      } else if (body instanceof EventStream events) {
        id = events.id().orElse(null);
      }
      if (id == null) {
        unnamed(body instanceof Generation generation ? Optional.of(generation) : Optional.empty());
      }
      close(CallOutcome.answered(id == null ? null : id.toString()));
    }

    private void unnamed(Optional<Generation> result) {
      if (call != null) {
        unnamed.add(call.lost(time.now()), result);
      }
    }

    @Override
    public void ended(Execution execution) {
      switch (execution) {
        case NOT_EXECUTED -> close(CallOutcome.notExecuted());
        case EXECUTED -> {
          unnamed(Optional.empty());
          close(CallOutcome.answered(null));
        }
        case UNKNOWN -> lose();
      }
    }

    private void lose() {
      if (call != null && !isClosed) {
        Instant now = time.now();
        call = call.lost(now);
        parts.ended(call, CallOutcome.unknown(now));
      }
    }

    private void close(CallOutcome outcome) {
      if (call != null && !isClosed) {
        isClosed = true;
        parts.ended(call, outcome);
      }
    }

    @Override
    public void close() {
      if (call != null && call.state() == OpenCall.State.UNDER_WAY) {
        lose(); // an end that nobody foresaw
      }
    }

    @Override
    public Finding find(Deadline deadline, boolean provesAbsence) {
      try {
        lose(); // it waits for no answer any more
        Finding finding = new Unclear("There was no time left to look for it.", null);
        Duration told = Duration.ZERO;
        long lost = time.nanoTime();
        for (int look = 0;
            look < FIRST_WAITS.size() || !isProved(finding, provesAbsence, lost);
            look++) {
          Duration wait = look < FIRST_WAITS.size() ? FIRST_WAITS.get(look) : LATER_WAIT;
          Duration left = deadline.remaining().minus(ONE_LOOK);
          if (left.isNegative() || left.isZero() || told.compareTo(left) > 0) {
            return provesAbsence && finding instanceof NotThere
                ? new Unclear(
                    "The history does not show it so far, but was not asked for long.", null)
                : finding;
          }
          Duration shorter = wait.compareTo(left) < 0 ? wait : left;
          if (pause.sleep(BackOff.longer(shorter, told)) == Pause.End.CLOSED) {
            return new Unclear("The client was closed before it could be looked for.", null);
          }
          finding = looked(deadline, provesAbsence);
          if (finding instanceof Found || finding instanceof Ran) {
            isClosed = true; // by the look
            return finding;
          }
          told = finding instanceof Unclear unclear ? toldToWait(unclear) : Duration.ZERO;
        }
        return finding;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Unclear("The look-up was interrupted.", null);
      }
    }

    /** For ever, if looking again is of no use. */
    private Duration toldToWait(Unclear unclear) {
      if (unclear.failure() instanceof ElumentaException e
          && (e.isTransient() || e instanceof ResponseFormatException)) {
        return BackOff.asked(e, rateLimitWait);
      }
      return unclear.failure() == null ? Duration.ZERO : ChronoUnit.FOREVER.getDuration();
    }

    /** The wall clock may have been set since. */
    private OpenCall byClockOfNow() {
      Instant opened = time.now().minusNanos(time.nanoTime() - begun);
      return opened.isBefore(call.openedAt().minus(CLOCK_WAS_SET)) ? call.openedAt(opened) : call;
    }

    /** Waits are shortened by the deadline, so the number of looks tells nothing. */
    private boolean isProved(Finding finding, boolean provesAbsence, long lost) {
      return provesAbsence
          && finding instanceof NotThere
          && time.nanoTime() - lost >= LEAST_WATCH.toNanos();
    }

    private Finding looked(Deadline deadline, boolean provesAbsence) throws InterruptedException {
      try {
        HistoryLook look = new HistoryLook(parts, byClockOfNow(), deadline);
        try {
          return look.once(provesAbsence);
        } finally { // a Date may be old, and never is too new: the first is as good as any
          look.clock().map(Difference::least).ifPresent(ahead -> call = call.withClockSkew(ahead));
        }
      } catch (RuntimeException e) { // credentials may throw anything
        if (Thread.currentThread().isInterrupted()) {
          throw new InterruptedException();
        }
        return new Unclear("The look-up failed.", e);
      }
    }
  }
}
