package ru.elumenta.redis;

import io.lettuce.core.KeyValue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.OpenCall;

/**
 * The journal as it is in Redis: which calls are open and whose they are, which processes live,
 * which generation is whose. Keeps nothing here but what it has learned of the clocks. Thread-safe.
 */
final class SharedCalls {
  private static final String TIDY = "journal-tidy";
  private static final Script OPEN = Script.of("journal-open");
  private static final Script CLOSE = Script.of("journal-close", TIDY);
  private static final Script CLAIM = Script.of("journal-claim", TIDY);
  private static final Script BEAT = Script.of("journal-beat");
  private static final Script LIST = Script.of("journal-list");
  private static final Script TAKE = Script.of("journal-take");

  /** More are forgotten, and then no older call claims anything. */
  static final int MOST_CLAIMS = 1_000_000;

  private static final int MOST_AT_ONCE = 1_000;

  private final FleetConnection connection;
  private final MachineClock clock;
  private final int mostClaims;
  private final String owner = UUID.randomUUID().toString();
  private final String lease;
  private final String keep;
  private final String pause;
  private final String calls;
  private final String since;
  private final String takers;
  private final String owners;
  private final String claims;
  private final List<String> all;

  SharedCalls(FleetConnection connection, Clock clock, int mostClaims) {
    FleetOptions options = connection.options();
    this.connection = connection;
    this.clock = new MachineClock(clock);
    this.mostClaims = mostClaims;
    this.lease = String.valueOf(options.lease().toMillis());
    this.pause = String.valueOf(options.longestPause().toMillis());
    this.keep = String.valueOf(options.keepCalls().toMillis());
    this.calls = options.key("calls");
    this.since = options.key("calls:since");
    this.takers = options.key("calls:takers");
    this.owners = options.key("owners");
    this.claims = options.key("claims");
    this.all =
        List.of(
            calls,
            since,
            takers,
            owners,
            claims,
            options.key("claims:since"),
            options.key("claims:forgotten"));
  }

  void open(OpenCall call, Duration patience) throws RedisFailure {
    long end = System.nanoTime() + patience.toNanos();
    learnClock(patience);
    long asked = clock.micros();
    List<Object> answer =
        connection.runDurably(
            OPEN,
            all,
            List.of(owner, lease, keep, call.id(), entry(call, Optional.empty())),
            Duration.ofNanos(end - System.nanoTime()));
    clock.learn(asked, (Long) answer.get(0));
  }

  private String entry(OpenCall call, Optional<Instant> lostAt) {
    return new JournalEntry(owner, clock.ahead(), lostAt, call).encoded();
  }

  /** Once, before anything is written down; the first answer comes after connecting. */
  private void learnClock(Duration patience) throws RedisFailure {
    for (int i = 0; clock.ahead().isEmpty() || (i == 1 && !clock.isExact()); i++) {
      long asked = clock.micros();
      List<String> time = connection.run(commands -> commands.time(), patience);
      clock.learn(asked, Long.parseLong(time.get(0)) * 1_000_000 + Long.parseLong(time.get(1)));
    }
  }

  void close(String callId, CallOutcome outcome, Optional<OpenCall> known, Duration patience)
      throws RedisFailure {
    connection.run(CLOSE, all, ended(callId, outcome, known), patience);
  }

  /** The same without waiting for it. */
  void startToClose(String callId, CallOutcome outcome, Optional<OpenCall> known) {
    connection.start(CLOSE, all, ended(callId, outcome, known));
  }

  private List<String> ended(String callId, CallOutcome outcome, Optional<OpenCall> known) {
    String kind = "refused";
    String generation = "";
    String lost = "";
    String entry = "";
    if (outcome instanceof CallOutcome.Answered answered) {
      kind = "answered";
      generation = answered.generationId().orElse("");
    } else if (outcome instanceof CallOutcome.Unknown unknown) {
      kind = "lost";
      lost = unknown.at().toString();
      entry = known.map(call -> entry(call, Optional.of(unknown.at()))).orElse("");
    }
    return List.of(callId, kind, generation, lost, entry, keep, String.valueOf(mostClaims));
  }

  boolean claim(String generationId, OpenCall call, Duration patience) throws RedisFailure {
    long began = MachineClock.micros(call.openedAt()) + clock.ahead().orElse(0);
    List<String> arguments =
        List.of(call.id(), generationId, String.valueOf(began), keep, String.valueOf(mostClaims));
    return (Long) connection.runDurably(CLAIM, all, arguments, patience).get(0) == 1;
  }

  Map<String, String> claims(Set<String> generationIds, Duration patience) throws RedisFailure {
    Map<String, String> found = new HashMap<>();
    List<String> ids = List.copyOf(generationIds);
    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      String[] some =
          ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE)).toArray(String[]::new);
      for (KeyValue<String, String> each :
          connection.run(commands -> commands.hmget(claims, some), patience)) {
        if (each.hasValue()) {
          found.put(each.getKey(), each.getValue());
        }
      }
    }
    return found;
  }

  List<OpenCall> list(Duration patience) throws RedisFailure {
    long asked = clock.micros();
    List<Object> answer =
        connection.run(LIST, List.of(calls, since, owners), List.of(pause), patience);
    clock.learn(asked, (Long) answer.get(0));
    List<String> entries = texts(answer.get(2));
    Map<String, String> byId = new HashMap<>();
    for (int i = 0; i + 1 < entries.size(); i += 2) {
      byId.put(entries.get(i), entries.get(i + 1));
    }
    Set<String> living = new HashSet<>(texts(answer.get(3)));
    List<OpenCall> found = new ArrayList<>();
    for (String id : texts(answer.get(1))) {
      String entry = byId.get(id);
      if (entry != null) {
        found.add(JournalEntry.decode(entry).seen(living, clock.ahead()));
      }
    }
    return found;
  }

  List<OpenCall> take(int most, Duration patience) throws RedisFailure {
    long asked = clock.micros();
    List<Object> answer =
        connection.run(
            TAKE,
            List.of(calls, since, takers, owners),
            List.of(owner, String.valueOf(most)),
            patience);
    clock.learn(asked, (Long) answer.get(0));
    return texts(answer.subList(1, answer.size())).stream()
        .map(entry -> JournalEntry.decode(entry).seen(Set.of(), clock.ahead()))
        .toList();
  }

  /** Says that this process lives; returns which of its calls are not there any more. */
  List<String> beat(Collection<String> callIds, Duration patience) throws RedisFailure {
    List<String> missing = new ArrayList<>();
    List<String> ids = List.copyOf(callIds);
    for (int from = 0; from == 0 || from < ids.size(); from += MOST_AT_ONCE) {
      List<String> arguments = new ArrayList<>(List.of(owner, lease));
      arguments.addAll(ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE)));
      long asked = clock.micros();
      List<Object> answer = connection.run(BEAT, List.of(calls, owners), arguments, patience);
      clock.learn(asked, (Long) answer.get(0));
      missing.addAll(texts(answer.subList(1, answer.size())));
    }
    return missing;
  }

  /** Says that this process lives no longer. */
  void leave(Duration patience) throws RedisFailure {
    connection.run(commands -> commands.zrem(owners, owner), patience);
  }

  private static List<String> texts(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }
}
