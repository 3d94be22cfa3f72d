package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallJournalContract;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.journal.OpenCall.State;

/** What every journal does, and what this one does for a fleet. */
class RedisCallJournalTest extends CallJournalContract {
  private static final Duration LEASE = Duration.ofMillis(1_500);
  private static RealRedis redis;

  private final List<RedisCallJournal> journals = new ArrayList<>();
  private RedisCallJournal journal;
  private RedisCallJournal other;

  @BeforeAll
  static void start() {
    redis = RealRedis.start();
  }

  @AfterAll
  static void stop() {
    redis.close();
  }

  @BeforeEach
  void twoMachines() {
    redis.clear();
    journal = journal(options -> options, Clock.systemUTC(), SharedCalls.MOST_CLAIMS);
    other = journal(options -> options, Clock.systemUTC(), SharedCalls.MOST_CLAIMS);
  }

  @AfterEach
  void close() {
    journals.forEach(RedisCallJournal::close);
  }

  private RedisCallJournal journal(
      UnaryOperator<FleetOptionsBuilder> further, Clock clock, int mostClaims) {
    FleetOptions options = further.apply(builder()).build();
    RedisCallJournal made =
        new RedisCallJournal(new FleetConnection(options), true, clock, mostClaims);
    journals.add(made);
    return made;
  }

  private static FleetOptionsBuilder builder() {
    return FleetOptions.at(redis.address()).lease(LEASE).longestPause(Duration.ZERO);
  }

  @Override
  protected CallJournal journal() {
    return journal;
  }

  private static OpenCall opened(RedisCallJournal journal) {
    OpenCall call = Calls.image();
    journal.open(call, Calls.PATIENCE);
    return call;
  }

  @Test
  void aMachineSeesTheCallsOfAllAndWhoLives() {
    OpenCall ours = opened(journal);
    OpenCall theirs = opened(other);
    assertThat(other.openCalls()).containsExactly(ours, theirs);
    journal.close(ours.id(), CallOutcome.unknown(Calls.NOW));
    other.close();
    assertThat(journal.openCalls()).containsExactly(ours.lost(Calls.NOW), theirs.abandoned());
  }

  @Test
  void aMachineThatIsNotHeardOfForALeaseIsDeadAndOneThatIsHeardOfIsNot() throws Exception {
    OpenCall call = opened(journal);
    assertThat(other.openCalls()).extracting(OpenCall::state).containsExactly(State.UNDER_WAY);
    try (RedisCallJournal observer =
        journal(options -> options, Clock.systemUTC(), SharedCalls.MOST_CLAIMS)) {
      long end = System.nanoTime() + LEASE.multipliedBy(3).toNanos();
      while (System.nanoTime() < end) { // its heart beats
        assertThat(observer.openCalls())
            .extracting(OpenCall::state)
            .containsExactly(State.UNDER_WAY);
      }
    }
    FleetConnection cut = new FleetConnection(builder().build());
    OpenCall theirs =
        opened(new RedisCallJournal(cut, false, Clock.systemUTC(), SharedCalls.MOST_CLAIMS));
    cut.close(); // it can say nothing any more
    await(() -> other.openCalls().equals(List.of(call, theirs.abandoned())));
  }

  @Test
  void callsOfTheDeadAreTakenOverByOneAndOfThatOnesByTheNext() {
    RedisCallJournal third =
        journal(options -> options, Clock.systemUTC(), SharedCalls.MOST_CLAIMS);
    OpenCall first = opened(journal);
    OpenCall second = opened(journal);
    OpenCall lost = opened(journal);
    journal.close(lost.id(), CallOutcome.unknown(Calls.NOW));
    assertThat(other.takeOver(10)).isEmpty();

    journal.close();
    assertThat(other.takeOver(2)).containsExactly(first.abandoned(), second.abandoned());
    assertThat(third.takeOver(10)).containsExactly(lost.lost(Calls.NOW));
    assertThat(other.takeOver(10)).containsExactly(first.abandoned(), second.abandoned());
    other.close(second.id(), CallOutcome.answered("gen_2"));
    other.close();
    assertThat(third.takeOver(10)).containsExactly(first.abandoned(), lost.lost(Calls.NOW));
    assertThat(third.claims(Set.of("gen_2"))).isEqualTo(Map.of("gen_2", second.id()));
  }

  @Test
  void aMachineWhoseClockIsWrongIsUnderstoodByTheOthers() {
    Duration ahead = Duration.ofMinutes(7);
    Clock wrong = Clock.offset(Clock.systemUTC(), ahead);
    RedisCallJournal fast = journal(options -> options, wrong, SharedCalls.MOST_CLAIMS);
    Instant now = Instant.now();
    OpenCall call = Calls.image(Calls.PROMPT, now.plus(ahead));
    fast.open(call, Calls.PATIENCE);

    OpenCall seen = journal.openCalls().get(0);
    assertThat(Duration.between(now, seen.openedAt()).abs()).isLessThan(Duration.ofSeconds(1));
    Duration skew = seen.clockSkew().orElseThrow();
    assertThat(skew.minus(ahead).minus(call.clockSkew().orElseThrow()).abs())
        .isLessThan(Duration.ofSeconds(1));
    assertThat(fast.openCalls()).containsExactly(call);
  }

  @Test
  void whatRedisHasLostItIsToldAgainByThoseThatLive() throws Exception {
    OpenCall open = opened(journal);
    OpenCall lost = opened(journal);
    journal.close(lost.id(), CallOutcome.unknown(Calls.NOW));
    OpenCall answered = opened(journal);
    journal.close(answered.id(), CallOutcome.answered("gen_1"));
    OpenCall closed = opened(journal);
    redis.clear();
    journal.close(closed.id(), CallOutcome.notExecuted());

    await(() -> other.openCalls().contains(open) && other.claims(Set.of("gen_1")).size() == 1);
    assertThat(other.claims(Set.of("gen_1"))).isEqualTo(Map.of("gen_1", answered.id()));
    assertThat(Calls.ids(other.openCalls())).doesNotContain(closed.id(), answered.id());
  }

  @Test
  void aCallThatIsLostAfterRedisForgotItIsListed() {
    OpenCall call = opened(journal);
    redis.clear();
    journal.close(call.id(), CallOutcome.unknown(Calls.NOW));
    assertThat(other.openCalls()).containsExactly(call.lost(Calls.NOW));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.holds()) {
      assertThat(System.nanoTime()).isLessThan(end);
    }
  }

  @Test
  void whenClaimsHadToBeForgottenNoOlderCallGetsWhatMayHaveBeenClaimed() {
    RedisCallJournal small = journal(options -> options, Clock.systemUTC(), 2);
    OpenCall before = opened(small);
    for (int i = 0; i < 4; i++) {
      OpenCall call = opened(small);
      assertThat(small.claim("gen_" + i, call, Calls.PATIENCE)).isTrue();
    }
    OpenCall after = opened(small);
    assertThat(small.claims(Set.of("gen_0", "gen_1", "gen_2", "gen_3")))
        .containsOnlyKeys("gen_2", "gen_3");
    assertThat(small.claim("gen_0", before, Calls.PATIENCE)).isFalse();
    assertThat(small.claim("gen_4", after, Calls.PATIENCE)).isTrue();
  }

  @Test
  void nothingIsKeptForEver() {
    OpenCall call = opened(journal);
    journal.claim("gen_1", call, Calls.PATIENCE);
    other.close();
    journal.close();
    opened(journal(options -> options, Clock.systemUTC(), SharedCalls.MOST_CLAIMS));
    List<String> keys = redis.ask(commands -> commands.keys("*"));
    assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("{elumenta:default}:"));
    for (String key : keys) {
      long left = redis.ask(commands -> commands.pttl(key));
      assertThat(Duration.ofMillis(left)).as(key).isBetween(Duration.ofDays(7), Duration.ofDays(9));
    }
  }

  @Test
  void whatIsTooOldGoesWithTheNextCall() {
    OpenCall old = opened(journal);
    redis.ask(commands -> commands.zadd("{elumenta:default}:calls:since", 1.0, old.id()));
    OpenCall call = opened(other);
    assertThat(other.openCalls()).containsExactly(call);
  }

  @Test
  void noPromptIsInIt() {
    opened(journal);
    Map<String, String> all = redis.ask(commands -> commands.hgetall("{elumenta:default}:calls"));
    assertThat(all.toString()).doesNotContain("lighthouse", "painted", "gulls");
  }

  @Test
  void accountsDoNotSeeEachOther() {
    RedisCallJournal theirs =
        journal(options -> options.account("x"), Clock.systemUTC(), SharedCalls.MOST_CLAIMS);
    opened(journal);
    assertThat(theirs.openCalls()).isEmpty();
    assertThat(theirs.takeOver(1)).isEmpty();
  }
}
