package ru.elumenta.client.internal.recovery;

import feign.TypedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ru.elumenta.client.api.HistoryApi;
import ru.elumenta.client.internal.call.Deadline;
import ru.elumenta.client.internal.call.ResilientCalls;
import ru.elumenta.client.internal.call.ServiceClock;
import ru.elumenta.client.internal.recovery.RowClock.Difference;
import ru.elumenta.client.internal.recovery.RowMatch.Window;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.HistoryPage;
import ru.elumenta.client.options.TimeSource;

/** Reads the history, newest first, for what a call may have made. Sends GETs only. Thread-safe. */
final class HistorySearch {
  /** Clocks are known to the second, and rows may be stamped a little early. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(3);

  /** How long after its answer was lost a request may still have begun its work. */
  private static final Duration LATEST_START = Duration.ofMinutes(1);

  /** The same of another call, whose generation must not be taken from it. */
  private static final Duration LATEST_START_OF_ANOTHER = Duration.ofHours(1);

  private static final Difference ANY_ZONE =
      new Difference(RowMatch.WELL_BEFORE.negated(), RowMatch.WELL_BEFORE);
  private static final long ROWS_PER_PAGE = 100;

  /**
   * A look ends where rows are older than the call; this is for one long ago, of a busy account.
   */
  private static final int MOST_PAGES = 200;

  /** A history in no order that is known tells only at its end that there is nothing more. */
  private static final int MOST_PAGES_WITHOUT_ORDER = 20;

  private static final String NOT_UNDERSTOOD = "The history cannot be understood.";

  private final Supplier<HistoryApi> history;
  private final RowClock rowClock;
  private final TimeSource time;

  HistorySearch(Supplier<HistoryApi> history, RowClock rowClock, TimeSource time) {
    this.history = history;
    this.rowClock = rowClock;
    this.time = time;
  }

  /**
   * What the history shows.
   *
   * @param certain the rows that show the call, the oldest first, by id
   * @param perhaps the ids of those that may be it
   * @param gap why not all was read that could show it, in a sentence; empty if all was
   * @param clock how far the clock of the rows is ahead; empty if nobody knows
   */
  record Shown(
      Map<String, HistoryItem> certain,
      Set<String> perhaps,
      Optional<String> gap,
      Optional<Difference> clock) {

    /** Returns whether a generation that was created then may be another call's. */
    boolean mayBeOf(OpenCall other, Instant created) {
      return mayHaveBegun(other, created)
          && (other.state() == OpenCall.State.UNDER_WAY
              || isBeforeEnd(other, created, LATEST_START_OF_ANOTHER));
    }

    /** The same of a call that was answered when it says that it was lost. */
    boolean mayBeOfAnswered(OpenCall other, Instant created) {
      return mayHaveBegun(other, created) && isBeforeEnd(other, created, CLOCK_TOLERANCE);
    }

    private boolean mayHaveBegun(OpenCall other, Instant created) {
      Duration least = clock.orElse(ANY_ZONE).least();
      return !created.isBefore(other.openedAt().plus(least).minus(CLOCK_TOLERANCE));
    }

    private boolean isBeforeEnd(OpenCall other, Instant created, Duration tolerance) {
      Instant end = other.lostAt().orElse(other.lastSentAt());
      return !created.isAfter(end.plus(clock.orElse(ANY_ZONE).most()).plus(tolerance));
    }
  }

  /**
   * Reads.
   *
   * @param provesAbsence whether to read on until nothing further back can be the call's
   */
  Shown look(OpenCall call, boolean provesAbsence, Deadline deadline) {
    Map<String, HistoryItem> rows = new LinkedHashMap<>(); // rows may move while pages are read
    List<HistoryItem> nameless = new ArrayList<>();
    Optional<Difference> clock = Optional.empty();
    long read = 0;
    boolean isNewestFirst = true;
    Instant previous = Instant.MAX;
    long page = 1;
    for (; page <= (isNewestFirst ? MOST_PAGES : MOST_PAGES_WITHOUT_ORDER); page++) {
      if (page > 1 && deadline.remaining().compareTo(Duration.ZERO) <= 0) {
        break;
      }
      Instant asked = time.now();
      TypedResponse<HistoryPage> response = page(page, deadline);
      List<HistoryItem> items = response.body().getItems();
      if (items == null) { // not an empty history, but none that can be understood
        return shown(call, rows, nameless, clock, Optional.of(NOT_UNDERSTOOD));
      }
      clock = clock(call, response, asked);
      Instant oldest = window(call, clock).from();
      if (provesAbsence) {
        oldest = oldest.minus(RowMatch.WELL_BEFORE);
      }
      boolean reachedOlder = false;
      int known = rows.size() + nameless.size();
      read += items.size();
      for (HistoryItem row : items) {
        if (row == null) {
          continue;
        }
        Instant created = row.getCreatedAt();
        isNewestFirst &= created != null && !created.isAfter(previous);
        previous = created == null ? previous : created;
        reachedOlder |= created != null && created.isBefore(oldest);
        if (row.getId() == null) {
          nameless.add(row);
        } else {
          rows.put(row.getId().toString(), row);
        }
      }
      if (reachedEnd(response.body(), read) || (isNewestFirst && reachedOlder)) {
        return shown(call, rows, nameless, clock, Optional.empty());
      }
      if (rows.size() + nameless.size() == known) { // fewer rows than it counts, or the same again
        return shown(call, rows, nameless, clock, Optional.of(NOT_UNDERSTOOD));
      }
    }
    return shown(call, rows, nameless, clock, Optional.of(tooLong(read, previous)));
  }

  private TypedResponse<HistoryPage> page(long number, Deadline deadline) {
    return ResilientCalls.lookingUp(deadline, HistoryApi.class, history.get())
        .listHistoryWithResponse(
            new HistoryApi.ListHistoryQuery().page(number).limit(ROWS_PER_PAGE));
  }

  private static String tooLong(long read, Instant back) {
    return "The history is too long for one look: %d rows were read%s, and not all that may show it."
        .formatted(read, back.equals(Instant.MAX) ? "" : ", back to " + back);
  }

  /** By the count, as the service may give fewer rows than asked for, or by a page not full. */
  private static boolean reachedEnd(HistoryPage page, long read) {
    return page.getTotal() == null
        ? page.getItems().size() < ROWS_PER_PAGE
        : read >= page.getTotal();
  }

  private Shown shown(
      OpenCall call,
      Map<String, HistoryItem> rows,
      List<HistoryItem> nameless,
      Optional<Difference> clock,
      Optional<String> gap) {
    Window window = window(call, clock);
    List<HistoryItem> matching = new ArrayList<>();
    Set<String> perhaps = new HashSet<>();
    Stream.concat(rows.values().stream(), nameless.stream())
        .forEach(
            row -> {
              RowMatch match = RowMatch.of(row, call, window);
              if (match == RowMatch.YES && clock.isPresent() && row.getId() != null) {
                matching.add(row);
              } else if (match != RowMatch.NO) {
                perhaps.add(String.valueOf(row.getId())); // without an id it is nobody's
              }
            });
    matching.sort(Comparator.comparing(HistoryItem::getCreatedAt));
    Map<String, HistoryItem> certain = new LinkedHashMap<>();
    matching.forEach(row -> certain.put(row.getId().toString(), row));
    return new Shown(certain, perhaps, gap, clock);
  }

  /**
   * As measured; else by the {@code Date}, which may be as old as the answer was long in coming.
   */
  private Optional<Difference> clock(OpenCall call, TypedResponse<?> response, Instant asked) {
    Instant now = time.now();
    return rowClock
        .known()
        .or(
            () ->
                call.clockSkew()
                    .or(() -> ServiceClock.skew(response.headers(), now))
                    .map(
                        ahead -> {
                          Duration took = Duration.between(asked, now);
                          Duration most = took.isNegative() ? ahead : ahead.plus(took);
                          return new Difference(most, most);
                        }));
  }

  private Window window(OpenCall call, Optional<Difference> clock) {
    Difference ahead = clock.orElse(ANY_ZONE);
    Instant end = call.lostAt().orElse(time.now());
    Instant last = end.isBefore(call.lastSentAt()) ? call.lastSentAt() : end;
    return new Window(
        call.openedAt().plus(ahead.least()).minus(CLOCK_TOLERANCE),
        last.plus(latest(ahead.most())).plus(LATEST_START));
  }

  /** A header's clock may be behind that of the rows, which then is more likely to be right. */
  private Duration latest(Duration ahead) {
    return ahead.isNegative() && rowClock.known().isEmpty() ? Duration.ZERO : ahead;
  }
}
