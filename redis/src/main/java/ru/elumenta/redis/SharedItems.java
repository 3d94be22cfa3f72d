package ru.elumenta.redis;

import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import ru.elumenta.redis.TakenItem.State;

/** The items of one batch as they are in Redis. Thread-safe. */
final class SharedItems {
  private static final Script ADD = Script.of("batch-add");
  private static final Script TAKE = Script.of("batch-take");
  private static final Script KEEP = Script.of("batch-keep");
  private static final Script MARK = Script.of("batch-mark");
  private static final Script END = Script.of("batch-end");
  private static final Script AGAIN = Script.of("batch-again");
  private static final int MOST_AT_ONCE = 200;

  private final FleetConnection connection;
  private final BatchText text;
  private final String worker = UUID.randomUUID().toString();
  private final String sums;
  private final String stream;
  private final String live;
  private final String ended;
  private final List<String> keys;
  private final String lease;
  private final String keep;

  /** What is said of an item; the scripts have the letters. */
  enum Step {
    RESERVE("R"),
    ABOUT("A"),
    SENT("S"),
    NOT_EXECUTED("N"),
    CREATED("C"),
    OPEN("O"),
    LEAVE("L");

    private final String letter;

    Step(String letter) {
      this.letter = letter;
    }
  }

  /** What the scripts answer to that, by its number. */
  enum Marked {
    NOT_MINE,
    DONE,
    WAIT,
    NO_ROOM
  }

  /**
   * What taking gave.
   *
   * @param item empty if there is none
   * @param held how many items workers have, this one's included
   */
  record Taken(Optional<TakenItem> item, long held) {}

  SharedItems(FleetConnection connection, String name) {
    FleetOptions options = connection.options();
    String batch = "batch:" + name;
    this.connection = connection;
    this.text = new BatchText(options.tokenKeys(), options.key(batch));
    this.sums = options.key(batch);
    this.stream = options.key(batch + ":items");
    this.live = options.key(batch + ":live");
    this.ended = options.key(batch + ":ended");
    this.keys = List.of(sums, stream, live, ended, options.key(batch + ":ids"));
    this.lease = String.valueOf(options.lease().toMillis());
    this.keep = String.valueOf(options.keepCalls().toMillis());
  }

  private Duration timeout() {
    return connection.options().timeout();
  }

  private static long number(List<Object> answer) {
    return (Long) answer.get(0);
  }

  long add(Collection<BatchItem> items) throws RedisFailure {
    List<String> arguments = new ArrayList<>(List.of(keep));
    for (BatchItem item : items) {
      arguments.add(item.id());
      arguments.add(text.request(item));
    }
    return number(connection.runDurably(ADD, keys, arguments, timeout()));
  }

  void budget(long tokens) throws RedisFailure {
    connection.run(commands -> commands.hset(sums, "budget", "" + tokens), timeout());
    connection.run(commands -> commands.pexpire(sums, Long.parseLong(keep)), timeout());
  }

  Taken take() throws RedisFailure {
    List<Object> answer = connection.run(TAKE, keys, List.of(worker, lease, keep), timeout());
    String entry = (String) answer.get(0);
    long held = (Long) answer.get(4);
    if (entry.isEmpty()) {
      return new Taken(Optional.empty(), held);
    }
    return new Taken(
        Optional.of(
            new TakenItem(
                entry,
                text.item((String) answer.get(1), (String) answer.get(2)),
                State.read((String) answer.get(3)))),
        held);
  }

  /** Says that this worker still has these; does not wait for it to be heard. */
  CompletableFuture<?> keep(Collection<String> entries) {
    List<String> arguments = new ArrayList<>(List.of(worker));
    arguments.addAll(entries);
    return connection.start(KEEP, List.of(stream), arguments);
  }

  Marked reserve(TakenItem item, long price) throws RedisFailure {
    return mark(item, Step.RESERVE, price, "", "", timeout());
  }

  Marked mark(TakenItem item, Step step, String call, Duration patience) throws RedisFailure {
    return mark(item, step, -1, call, "", patience);
  }

  Marked created(TakenItem item, String call, String generation) throws RedisFailure {
    return mark(item, Step.CREATED, -1, call, generation, timeout());
  }

  private Marked mark(
      TakenItem item, Step step, long price, String call, String generation, Duration patience)
      throws RedisFailure {
    List<String> arguments =
        List.of(
            worker,
            item.entry(),
            item.item().id(),
            step.letter,
            String.valueOf(price),
            call,
            generation);
    return Marked.values()[(int) number(connection.runDurably(MARK, keys, arguments, patience))];
  }

  /** Returns whether that is its end now; it may have had one before. */
  boolean end(TakenItem item, String call, BatchOutcome outcome) throws RedisFailure {
    boolean isDone = outcome.status() == BatchOutcome.Status.COMPLETED;
    List<String> arguments =
        List.of(
            worker,
            item.entry(),
            item.item().id(),
            call,
            isDone ? "done" : "failed",
            String.valueOf(outcome.counted()),
            text.outcome(outcome));
    return number(connection.runDurably(END, keys, arguments, timeout())) == 1;
  }

  State state(TakenItem item) throws RedisFailure {
    String state = connection.run(commands -> commands.hget(live, item.item().id()), timeout());
    return State.read(state == null ? "" : state);
  }

  long again() throws RedisFailure {
    return number(connection.run(AGAIN, keys, List.of(), timeout()));
  }

  Map<String, String> sums() throws RedisFailure {
    return connection.run(commands -> commands.hgetall(sums), timeout());
  }

  /** Goes through those that were begun and have not ended. */
  void live(BiConsumer<String, State> each) throws RedisFailure {
    scan(live, (id, state) -> each.accept(id, State.read(state)));
  }

  /** Goes through those that have ended; the same may come twice while others end. */
  void ended(BiConsumer<String, BatchOutcome> each) throws RedisFailure {
    scan(ended, (id, outcome) -> each.accept(id, text.outcome(id, outcome)));
  }

  private void scan(String key, BiConsumer<String, String> each) throws RedisFailure {
    ScanCursor at = ScanCursor.INITIAL;
    while (!at.isFinished()) {
      ScanCursor from = at;
      MapScanCursor<String, String> page =
          connection.run(
              commands -> commands.hscan(key, from, ScanArgs.Builder.limit(MOST_AT_ONCE)),
              timeout());
      page.getMap().forEach(each);
      at = page;
    }
  }
}
