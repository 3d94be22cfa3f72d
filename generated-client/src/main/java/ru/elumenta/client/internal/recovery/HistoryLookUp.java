package ru.elumenta.client.internal.recovery;

import feign.TypedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.OutcomeLookUp;
import ru.elumenta.client.internal.call.Pause;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.call.ServiceClock;
import ru.elumenta.client.internal.recovery.PaidCalls.Candidate;
import ru.elumenta.client.internal.recovery.SentRequest.Match;
import ru.elumenta.client.internal.stream.EventStream;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.HistoryPage;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Looks for a lost generation in {@code GET /user/history}. Thread-safe. */
public final class HistoryLookUp implements OutcomeLookUp {
  /**
   * The waits before each look. A row may appear late, perhaps only when the work is done, which
   * for what is answered at once takes up to a minute.
   */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20),
          Duration.ofSeconds(40));

  /** The service's clock is known to the second, and its rows may be stamped a little early. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  /** By how much a clock may be wrong that the service does not tell. */
  private static final Duration WORST_CLOCK = Duration.ofDays(1);

  /** A stream is never looked up, but what it makes must not be taken for that of another call. */
  private static final Set<String> CREATING = Set.of("createGeneration", "streamGeneration");

  private static final long ROWS_PER_PAGE = 100;
  private static final int MOST_PAGES = 20;

  private final PaidCalls calls = new PaidCalls();
  private final Supplier<GenerationsApi> generations;
  private final Supplier<HistoryApi> history;
  private final TimeSource time;
  private final Pause pause;
  private final boolean provesAbsence;

  /**
   * Creates a look-up that calls the service through the given interfaces.
   *
   * @param provesAbsence whether it reads on until nothing further back can be the lost one
   */
  public HistoryLookUp(
      Supplier<GenerationsApi> generations,
      Supplier<HistoryApi> history,
      TimeSource time,
      Pause pause,
      boolean provesAbsence) {
    this.generations = generations;
    this.history = history;
    this.time = time;
    this.pause = pause;
    this.provesAbsence = provesAbsence;
  }

  @Override
  public Optional<Tracked> track(String operation, Object[] arguments) {
    return CREATING.contains(operation)
        ? Optional.of(new SentCall(SentRequest.of((GenerationRequest) arguments[0])))
        : Optional.empty();
  }

  private final class SentCall implements Tracked {
    private final SentRequest sent;
    private String hash; // of the request, once it is lost
    private final long began = time.nanoTime();

    SentCall(SentRequest sent) {
      this.sent = sent;
      sentAgain();
    }

    @Override
    public void sentAgain() {
      calls.begin(sent.fingerprint(), this, began);
    }

    @Override
    public Optional<String> model() {
      return Optional.ofNullable(sent.model());
    }

    @Override
    public void answered(Object result) {
      Object body = result instanceof TypedResponse<?> response ? response.body() : result;
      if (body instanceof Generation generation && generation.getId() != null) {
        calls.claim(generation.getId().toString());
      } else if (body instanceof EventStream events) {
        events.id().ifPresent(id -> calls.claim(id.toString()));
      }
    }

    @Override
    public void close() {
      calls.end(sent.fingerprint(), this);
    }

    @Override
    public Finding find(Deadline deadline) {
      try {
        hash = sent.hash();
        calls.lose(sent.fingerprint(), this, began, hash);
        Finding finding = new Unclear("There was no time left to look for it.", null);
        for (Duration wait : WAITS) {
          if (wait.compareTo(deadline.remaining()) >= 0) {
            return new Unclear("There was no time left to look for it.", null);
          }
          if (pause.sleep(wait) == Pause.End.CLOSED) {
            return new Unclear("The client was closed before it could be looked for.", null);
          }
          finding = look(deadline);
          if (finding instanceof Found || finding instanceof Ran) {
            return finding;
          }
        }
        return finding;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Unclear("The look-up was interrupted.", null);
      } catch (RuntimeException e) { // credentials may throw anything
        return new Unclear("The look-up failed.", e);
      }
    }

    private Finding look(Deadline deadline) {
      Rows rows = readHistory(deadline);
      if (!rows.complete) {
        return new Unclear(
            "The history cannot be understood, or is too long to be searched.", null);
      }
      PaidCalls.Share share =
          calls.share(
              sent.fingerprint(),
              this,
              hash,
              rows.matching,
              start -> earliestRow(start, rows.skew));
      return switch (share.kind()) {
        case CLAIMED -> read(GenerationId.of(share.id()), deadline);
        case CONTESTED ->
            new Unclear(
                "Another call with the same model and prompt is under way, or lost as well.", null);
        case NONE ->
            calls.isAnyFree(rows.perhaps)
                ? new Unclear("The history shows generations that may be it.", null)
                : new NotThere();
      };
    }

    private Finding read(GenerationId id, Deadline deadline) {
      try {
        return new Found(
            id,
            ResilientCalls.lookingUp(deadline.remaining(), GenerationsApi.class, generations.get())
                .getGenerationWithResponse(id));
      } catch (ElumentaException e) {
        e.completeContext(
            context ->
                context
                    .generationId(id.toString())
                    .execution(Execution.EXECUTED)
                    .remark("The request ran as this generation; attach to it by its id."));
        return new Ran(e);
      } catch (RuntimeException e) {
        return new Unclear("The request ran as generation " + id + ", which cannot be read.", e);
      }
    }

    /** What a call makes is not older than this, by the service's clock. */
    private Instant earliestRow(long start, Optional<Duration> skew) {
      Instant ours = time.now().minusNanos(time.nanoTime() - start); // now may have been set
      return skew.map(ahead -> ours.plus(ahead).minus(CLOCK_TOLERANCE))
          .orElse(ours.minus(WORST_CLOCK));
    }

    /** Rows since the request, from as many pages as may hold any. */
    private Rows readHistory(Deadline deadline) {
      Rows rows = new Rows();
      for (long page = 1; page <= MOST_PAGES; page++) {
        long asked = time.nanoTime();
        TypedResponse<HistoryPage> response =
            ResilientCalls.lookingUp(deadline.remaining(), HistoryApi.class, history.get())
                .listHistoryWithResponse(
                    new HistoryApi.ListHistoryQuery().page(page).limit(ROWS_PER_PAGE));
        List<HistoryItem> items = response.body().getItems();
        if (items == null) {
          return rows; // not an empty history, but none that can be understood
        }
        rows.skew = ServiceClock.skew(response.headers(), time.now());
        Instant earliest = earliestRow(began, rows.skew);
        // The Date may be as old as the answer was long in coming.
        Instant certainly = earliest.plusNanos(time.nanoTime() - asked);
        Instant oldest = provesAbsence ? earliest.minus(SentRequest.WELL_BEFORE) : earliest;
        boolean newestFirst = rows.add(items, sent, earliest, certainly, oldest);
        if (rows.reachedEnd(response.body()) || (newestFirst && rows.reachedOlder)) {
          rows.complete = true;
          return rows;
        }
        if (items.isEmpty()) {
          return rows; // fewer rows than it counts: something is not shown
        }
      }
      return rows;
    }
  }

  /** What was read so far. */
  private static final class Rows {
    private final List<Candidate> matching = new ArrayList<>();
    private long read;
    private final Set<String> perhaps = new LinkedHashSet<>();
    private Optional<Duration> skew = Optional.empty();
    private boolean reachedOlder;
    private boolean complete;
    private Instant previous = Instant.MAX;
    private boolean newestFirst = true;

    /**
     * Returns whether there are no more pages: by the count of the service, which may give fewer
     * rows per page than it was asked for, or else by a page that is not full.
     */
    boolean reachedEnd(HistoryPage page) {
      return page.getTotal() == null
          ? page.getItems().size() < ROWS_PER_PAGE
          : read >= page.getTotal();
    }

    /** Returns whether all rows so far stand newest first, which is shown but not promised. */
    boolean add(
        List<HistoryItem> items,
        SentRequest sent,
        Instant notBefore,
        Instant certainly,
        Instant oldest) {
      read += items.size();
      for (HistoryItem row : items) {
        Instant created = row.getCreatedAt();
        if (created == null || created.isAfter(previous)) {
          newestFirst = false;
        } else {
          previous = created;
        }
        reachedOlder |= created != null && created.isBefore(oldest);
        Match match = sent.compare(row, notBefore);
        boolean isCertain = skew.isPresent() && row.getId() != null;
        if (match == Match.YES && isCertain && !created.isBefore(certainly)) {
          matching.add(new Candidate(row.getId().toString(), created));
        } else if (match != Match.NO) {
          perhaps.add(String.valueOf(row.getId())); // without an id it is nobody's
        }
      }
      return newestFirst;
    }
  }
}
