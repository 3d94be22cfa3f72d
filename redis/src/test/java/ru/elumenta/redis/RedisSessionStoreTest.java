package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.session.LoginRequiredException.Reason;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.error.Execution;

/** Two machines, each with a store and a connection of its own. */
class RedisSessionStoreTest {
  private static final String SESSION = "{elumenta:default}:session";
  private static final String LOCK = SESSION + ":lock";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofSeconds(1);
  private static RealRedis redis;

  private final List<RedisSessionStore> stores = new ArrayList<>();
  private RedisSessionStore one;
  private RedisSessionStore other;

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
    one = store(options -> options);
    other = store(options -> options);
  }

  @AfterEach
  void close() {
    stores.forEach(RedisSessionStore::close);
  }

  private RedisSessionStore store(UnaryOperator<FleetOptionsBuilder> further) {
    FleetOptionsBuilder options =
        FleetOptions.at(redis.address())
            .encryptionKey(Sessions.KEY)
            .lease(LEASE)
            .timeout(Duration.ofSeconds(5));
    RedisSessionStore store = RedisSessionStore.of(further.apply(options).build());
    stores.add(store);
    return store;
  }

  private static void write(RedisSessionStore store, int number) {
    store.locked(
        PATIENCE,
        () -> {
          store.write(Sessions.numbered(number));
          return null;
        });
  }

  @Test
  void whatOneHasWrittenAllRead() {
    assertThat(one.read()).isEmpty();
    write(one, 1);
    assertThat(other.read()).contains(Sessions.numbered(1));
    write(other, 2);
    assertThat(one.read()).contains(Sessions.numbered(2));
  }

  @Test
  void tokensAreNotThereToBeReadAndNothingIsThereForEver() {
    write(one, 1);
    String value = redis.ask(commands -> commands.hget(SESSION, "value"));
    assertThat(value).startsWith("v1.").doesNotContain("access", "refresh");
    assertThat(redis.ask(commands -> commands.hgetall(SESSION)).toString())
        .doesNotContain("refresh.1");
    long ttl = redis.ask(commands -> commands.ttl(SESSION));
    assertThat(Duration.ofSeconds(ttl)).isBetween(Duration.ofDays(39), Duration.ofDays(40));
    one.locked(
        PATIENCE,
        () -> {
          long lease = redis.ask(commands -> commands.pttl(LOCK));
          return assertThat(lease).isBetween(1L, LEASE.toMillis());
        });
    long locks = redis.ask(commands -> commands.exists(LOCK));
    assertThat(locks).isZero();
  }

  @Test
  void withoutAKeyTheyAreNotKept() {
    FleetOptions options = FleetOptions.at(redis.address()).build();
    assertThatThrownBy(() -> RedisSessionStore.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encryptionKey");
  }

  @Test
  void aKeyIsChangedWhileTheFleetRuns() {
    write(one, 1);
    RedisSessionStore stranger = store(options -> options.encryptionKey(Sessions.OTHER_KEY));
    SessionStoreException unread =
        catchThrowableOfType(SessionStoreException.class, stranger::read);
    assertThat(unread).hasMessageContaining("a key that this machine does not have");

    RedisSessionStore readsBoth =
        store(options -> options.encryptionKey(Sessions.KEY, Sessions.OTHER_KEY));
    RedisSessionStore writesNew =
        store(options -> options.encryptionKey(Sessions.OTHER_KEY, Sessions.KEY));
    assertThat(writesNew.read()).contains(Sessions.numbered(1));
    write(writesNew, 2);
    assertThat(readsBoth.read()).contains(Sessions.numbered(2));
    assertThat(stranger.read()).contains(Sessions.numbered(2));
  }

  @Test
  void aValueOfAnotherAccountIsNotTakenForThisOne() {
    RedisSessionStore theirs = store(options -> options.account("theirs"));
    write(one, 1);
    write(theirs, 2);
    assertThat(one.read()).contains(Sessions.numbered(1));
    String key = "{elumenta:theirs}:session";
    redis.ask(commands -> commands.hset(SESSION, "value", commands.hget(key, "value")));
    assertThatThrownBy(one::read).isInstanceOf(SessionStoreException.class);
  }

  @Test
  void actionsExcludeEachOtherOnAllMachinesAndInAllThreads() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger sum = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      RedisSessionStore store = i % 2 == 0 ? one : other;
      threads.add(
          new Thread(
              () -> {
                for (int turn = 0; turn < 5; turn++) {
                  store.locked(
                      PATIENCE,
                      () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        sum.set(sum.get() + 1);
                        store.write(Sessions.numbered(sum.get()));
                        return inside.decrementAndGet();
                      });
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
    assertThat(sum).hasValue(30);
    assertThat(one.read()).contains(Sessions.numbered(30));
  }

  @Test
  void aMachineThatLivesKeepsTheLockForLongerThanItsLease() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Boolean> longAction =
        CompletableFuture.supplyAsync(
            () ->
                one.locked(
                    PATIENCE,
                    () -> {
                      inside.countDown();
                      return await(goOn);
                    }));
    inside.await();
    SessionStoreException busy =
        catchThrowableOfType(
            SessionStoreException.class,
            () -> other.locked(Duration.ofMillis(2_500), () -> null)); // more than two leases
    assertThat(busy).hasMessageContaining("locked by another for 2.5 s");
    assertThat(busy.execution()).isEqualTo(Execution.NOT_EXECUTED);
    goOn.countDown();
    assertThat(longAction.get(10, TimeUnit.SECONDS)).isTrue();
    write(other, 2);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aMachineThatDiedKeepsItNoLongerThanItsLease() {
    redis.ask(
        commands ->
            commands.set(LOCK, "a machine that died", SetArgs.Builder.px(LEASE.toMillis())));
    long begin = System.nanoTime();
    write(one, 1);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(LEASE.dividedBy(2), PATIENCE);
  }

  @Test
  void aMachineThatWasPausedPastItsLeaseOverwritesNothingNewer() {
    write(one, 1);
    assertThatThrownBy(
            () ->
                one.locked(
                    PATIENCE,
                    () -> {
                      redis.ask(commands -> commands.del(LOCK)); // as if its lease had ended
                      write(other, 2);
                      one.write(Sessions.numbered(3));
                      return null;
                    }))
        .isInstanceOf(SessionStoreException.class)
        .hasMessageContaining("another has written since");
    assertThat(other.read()).contains(Sessions.numbered(2));
    write(one, 4); // and it is no worse for it
    assertThat(other.read()).contains(Sessions.numbered(4));
  }

  @Test
  void whoWasPausedWithTheNextTokensBringsThemBeforeAnotherIsRefusedWithThoseThatAreSpent() {
    write(one, 1);
    one.locked(
        PATIENCE,
        () -> {
          redis.ask(commands -> commands.del(LOCK));
          other.locked(
              PATIENCE,
              () -> {
                one.write(
                    Sessions.numbered(
                        2)); // while the other has sent the refresh token that is spent
                assertThat(other.read()).contains(Sessions.numbered(2)); // it reads again
                return null;
              });
          return null;
        });
  }

  @Test
  void whoWasPausedWithTheNextTokensBringsThemAfterAnotherWasRefusedToo() {
    write(one, 1);
    one.locked(
        PATIENCE,
        () -> {
          redis.ask(commands -> commands.del(LOCK));
          other.locked(
              PATIENCE,
              () -> {
                other.write(Sessions.numbered(1).end(Reason.REFUSED));
                return null;
              });
          one.write(Sessions.numbered(2));
          return null;
        });
    assertThat(other.read()).contains(Sessions.numbered(2));
  }

  @Test
  void whoWasPausedBringsNothingBackAfterALogout() {
    write(one, 1);
    assertThatThrownBy(
            () ->
                one.locked(
                    PATIENCE,
                    () -> {
                      redis.ask(commands -> commands.del(LOCK));
                      other.locked(
                          PATIENCE,
                          () -> {
                            other.clear();
                            return null;
                          });
                      one.write(Sessions.numbered(2));
                      return null;
                    }))
        .isInstanceOf(SessionStoreException.class);
    assertThat(other.read()).isEmpty();
  }

  @Test
  void itShowsNoTokenAndNoKey() {
    write(one, 1);
    assertThat(one.toString()).contains("127.0.0.1", SESSION).doesNotContain("sixteen", "refresh.");
  }
}
