package ru.elumenta.client.batch;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.batch.LiveItem.Phase;

/**
 * What is known of all items of a batch, in some bits for each that has ended. Made from records,
 * and written as the fewest that say the same. Used under the lock of {@link BatchState}.
 *
 * <table>
 * <caption>Records</caption>
 * <tr><td>B id version request</td><td>begun, with a hash of what requests are made with</td></tr>
 * <tr><td>A line call</td><td>about to be written in the journal as this call</td></tr>
 * <tr><td>S line price hash</td><td>about to be sent; hash of the input up to this line</td></tr>
 * <tr><td>N line</td><td>not executed after all</td></tr>
 * <tr><td>U line</td><td>nobody knows its outcome</td></tr>
 * <tr><td>C line generation</td><td>created</td></tr>
 * <tr><td>W line file</td><td>its file gets this name</td></tr>
 * <tr><td>D line tokens end</td><td>done; where its line in results.jsonl ends</td></tr>
 * <tr><td>F line tokens end hash</td><td>failed; where its line in failures.jsonl ends</td></tr>
 * <tr><td>R token length lines created</td><td>failed lines are taken again</td></tr>
 * <tr><td>X line</td><td>open, and sent again</td></tr>
 * <tr><td>c, f lines · t sums · k line hash · L item</td><td>the same in short</td></tr>
 * </table>
 */
final class StateImage {
  static final int VERSION = 1;
  private static final int BLOCK = 4096;

  @Nullable String batchId; // null until it is begun
  int version;
  String requestHash = "";
  final BitSet completed = new BitSet();
  final BitSet failed = new BitSet();
  final Map<Integer, LiveItem> live = new HashMap<>();
  final TreeMap<Integer, Checkpoint> checkpoints = new TreeMap<>(); // by block, the last of each
  long tokensSpent;
  long tokensOfFailures;
  long tokensWrittenOff; // of what was sent again though it may have been paid for
  long resultsEnd;
  long failuresEnd;
  @Nullable String retry; // which rewriting of the failures was the last

  /**
   * What the input was like.
   *
   * @param hash of all lines up to this one
   */
  record Checkpoint(int line, String hash) {}

  void apply(String[] words) {
    int line = words.length > 1 && words[0].charAt(0) < 'a' ? number(words[1]) : -1;
    switch (words[0]) {
      case "B" -> {
        batchId = words[1];
        version = Integer.parseInt(words[2]);
        requestHash = words[3];
      }
      case "A" -> live.put(line, LiveItem.about(line, words[2]));
      case "S" -> {
        live.computeIfPresent(line, (same, item) -> item.sent(Long.parseLong(words[2])));
        checked(line, words[3]);
      }
      case "N" -> live.remove(line);
      case "U" -> live.computeIfPresent(line, (same, item) -> item.open());
      case "C" ->
          live.computeIfPresent(line, (same, item) -> item.created(StateRecord.text(words[2])));
      case "W" ->
          live.computeIfPresent(line, (same, item) -> item.file(StateRecord.text(words[2])));
      case "D" -> {
        live.remove(line);
        completed.set(line);
        tokensSpent += Long.parseLong(words[2]);
        resultsEnd = Math.max(resultsEnd, Long.parseLong(words[3]));
      }
      case "F" -> {
        live.remove(line);
        failed.set(line);
        tokensSpent += Long.parseLong(words[2]);
        tokensOfFailures += Long.parseLong(words[2]);
        failuresEnd = Math.max(failuresEnd, Long.parseLong(words[3]));
        checked(line, words[4]);
      }
      case "R" -> retry(words);
      case "X" -> {
        LiveItem item = live.remove(line);
        tokensWrittenOff += item == null ? 0 : item.reserved();
      }
      default -> applyShort(words);
    }
  }

  /** The id of a batch is no number, nor is a token. */
  private static int number(String word) {
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void applyShort(String[] words) {
    switch (words[0]) {
      case "c" -> completed.or(Lines.read(words[1]));
      case "f" -> failed.or(Lines.read(words[1]));
      case "t" -> {
        tokensSpent = Long.parseLong(words[1]);
        tokensOfFailures = Long.parseLong(words[2]);
        tokensWrittenOff = Long.parseLong(words[3]);
        resultsEnd = Long.parseLong(words[4]);
        failuresEnd = Long.parseLong(words[5]);
        retry = words[6].equals("-") ? null : words[6];
      }
      case "k" -> checked(Integer.parseInt(words[1]), words[2]);
      case "L" -> {
        LiveItem item =
            new LiveItem(
                Integer.parseInt(words[1]),
                words[2],
                Long.parseLong(words[3]),
                Phase.valueOf(words[4]),
                FailedItems.optional(StateRecord.text(words[5])),
                FailedItems.optional(StateRecord.text(words[6])));
        live.put(item.line(), item);
      }
      default -> throw new IllegalArgumentException("a record of an unknown kind");
    }
  }

  private void checked(int line, String hash) {
    if (!hash.equals("-")) {
      checkpoints.merge(
          line / BLOCK,
          new Checkpoint(line, hash),
          (old, next) -> next.line() > old.line() ? next : old);
    }
  }

  /** Those of which the generation is there are only fetched, and charged no second time. */
  private void retry(String[] words) {
    retry = words[1];
    failuresEnd = Long.parseLong(words[2]);
    failed.andNot(Lines.read(words[3]));
    for (FailedItems.Created each : FailedItems.created(words[4])) {
      live.put(each.line(), LiveItem.about(each.line(), "-").created(each.generation()));
      tokensSpent -= each.tokens();
      tokensOfFailures -= each.tokens();
    }
  }

  /** Gives the fewest records that say the same. */
  void write(Consumer<byte[]> record) {
    record.accept(StateRecord.line('B', batchId, version, requestHash));
    record.accept(StateRecord.line('c', Lines.text(completed)));
    record.accept(StateRecord.line('f', Lines.text(failed)));
    record.accept(
        StateRecord.line(
            't',
            tokensSpent,
            tokensOfFailures,
            tokensWrittenOff,
            resultsEnd,
            failuresEnd,
            retry == null ? "-" : retry));
    checkpoints
        .values()
        .forEach(each -> record.accept(StateRecord.line('k', each.line(), each.hash())));
    live.values()
        .forEach(
            each ->
                record.accept(
                    StateRecord.line(
                        'L',
                        each.line(),
                        each.callId(),
                        each.price(),
                        each.phase(),
                        StateRecord.word(each.generation().orElse("")),
                        StateRecord.word(each.file().orElse("")))));
  }

  /** The last line that anything is known of, and the input up to it. */
  int lastLine() {
    return checkpoints.isEmpty() ? 0 : checkpoints.lastEntry().getValue().line();
  }

  /** Returns the item that has not ended and may have been sent as this call. */
  Optional<LiveItem> sentAs(String callId) {
    return live.values().stream()
        .filter(each -> each.mayBePaid() && each.callId().equals(callId))
        .findFirst();
  }

  long count(Phase... phases) {
    return live.values().stream()
        .filter(each -> java.util.List.of(phases).contains(each.phase()))
        .count();
  }

  /** What those that may still be charged may cost. */
  long tokensReserved() {
    return tokensWrittenOff
        + live.values().stream().collect(Collectors.summingLong(LiveItem::reserved));
  }
}
