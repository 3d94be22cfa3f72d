package ru.elumenta.client.batch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Generation;

/** What all items of a run share. Thread-safe. */
final class BatchWork {
  private static final int MOST_READS = 12;

  final ElumentaCalls elumenta;
  final BatchOptions options;
  final BatchState state;
  final LineFile results;
  final LineFile failures;
  final Path files;
  final Path downloads;
  final PriceList prices;
  final Purse purse;
  final Gate gate;
  final Meter meter;
  final Stopping stopping;
  final AtomicLong completed = new AtomicLong(); // in this run
  final AtomicInteger shortfalls = new AtomicInteger(); // in a row
  final Map<Integer, OpenItem> open = new ConcurrentHashMap<>(); // by line
  volatile @Nullable String lack; // what the balance did not suffice for
  private volatile Map<String, OpenCall> lostCalls = Map.of(); // by id

  /** An item whose outcome nobody knows, and why not. */
  record OpenItem(Item item, String why) {}

  BatchWork(
      BatchOptions options,
      BatchState state,
      LineFile results,
      LineFile failures,
      Path files,
      Path downloads) {
    this.elumenta = options.elumenta;
    this.options = options;
    this.state = state;
    this.results = results;
    this.failures = failures;
    this.files = files;
    this.downloads = downloads;
    this.prices = new PriceList(elumenta);
    this.purse =
        new Purse(options.budget, state.look(image -> image.tokensSpent + image.tokensReserved()));
    this.gate = new Gate(options.time);
    this.meter = new Meter(options.time);
    this.stopping = new Stopping(purse);
  }

  /**
   * Reads from the journal what it has open; to be called while no item is worked on. A disk that
   * is slow for once ends no run.
   */
  void readJournal() {
    for (int attempt = 1; ; attempt++) {
      try {
        lostCalls =
            elumenta.openCalls().stream()
                .map(this::told)
                .collect(Collectors.toUnmodifiableMap(OpenCall::id, call -> call, (a, b) -> a));
        return;
      } catch (JournalException e) {
        if (attempt == MOST_READS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  /**
   * Whoever has the folder knows that no call of the batch is under way: if the journal says so, a
   * full disk kept it from being told.
   */
  private OpenCall told(OpenCall call) {
    Optional<LiveItem> item = state.look(image -> image.sentAs(call.id()));
    if (item.isEmpty() || call.state() != OpenCall.State.UNDER_WAY) {
      return call;
    }
    Instant now = options.time.now();
    elumenta
        .journal()
        .close(
            call.id(),
            item.get().phase() == LiveItem.Phase.CREATED
                ? new CallOutcome.Answered(item.get().generation())
                : CallOutcome.unknown(now));
    return call.lost(now);
  }

  Optional<OpenCall> lostCall(String id) {
    return Optional.ofNullable(lostCalls.get(id));
  }

  /** Writes a result down, once and for all. */
  void complete(Item item, Generation generation, long counted, @Nullable String file) {
    Optional<String> path = Optional.ofNullable(file).map(name -> files.getFileName() + "/" + name);
    ObjectNode line = ResultLines.result(item, generation, counted, path);
    results.write(ResultLines.bytes(line), end -> state.record('D', item.line(), counted, end));
    completed.incrementAndGet();
    ended(item);
  }

  /** Writes a failure down. */
  void fail(Item item, ItemFailure failure, long price) {
    failures.write(
        ResultLines.bytes(failure.json(item, price)),
        end -> state.record('F', item.line(), failure.counted(price), end, item.inputHash()));
    ended(item);
  }

  private void ended(Item item) {
    open.remove(item.line());
    meter.itemEnded();
  }
}
