package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.SessionService.Renewal;
import ru.elumenta.client.SessionService.Renewal.How;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** Many callers and one renewal; callers that give up while others wait on. */
class SessionConcurrencyTest {
  private static final int CALLERS = 5_000;

  private final SessionService service = new SessionService();
  private final SessionStore store = SessionStores.inMemory();
  private final ElumentaSession session =
      ElumentaSession.builder().baseUrl(service.url()).store(store).build();
  private final ElumentaClient elumenta = session.client().build();

  @AfterEach
  void stop() {
    service.close();
    elumenta.close();
    session.close();
  }

  private void loginAndExpire() {
    session.login("a@example.com", SessionService.PASSWORD);
    service.expire();
  }

  /** Runs it on a thread; what it throws is kept. */
  private static Thread start(Runnable call, AtomicReference<Throwable> thrown) {
    Thread thread =
        new Thread(null, () -> thrown.set(catchThrowable(call::run)), "caller", 1 << 18);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void generate() {
    elumenta.generate(Samples.image());
  }

  @Test
  void fiveThousandCallersThatWaitForATokenCauseOneRenewal() throws Exception {
    loginAndExpire();
    session.refused("access-SECRET-1");
    service.renewals(Renewal.how(How.STALL));
    CountDownLatch begun = new CountDownLatch(CALLERS);
    Set<String> tokens = ConcurrentHashMap.newKeySet();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      callers.add(
          start(
              () -> {
                begun.countDown();
                tokens.add(session.bearerToken());
              },
              thrown));
    }
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    service.awaitStalled();
    service.go();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(thrown.get()).isNull();
    assertThat(tokens).containsExactly("access-SECRET-2");
    assertThat(service.renewals()).isEqualTo(1);
  }

  @Test
  void fiveThousandCallsWithAnExpiredTokenCauseOneRenewalAndAreEachExecutedOnce() {
    loginAndExpire();
    int atOnce = 100; // connections: the test's server keeps no more than 200
    ExecutorService threads = Executors.newFixedThreadPool(atOnce);
    List<CompletableFuture<Generation>> calls = new ArrayList<>();
    try (ElumentaClient client = session.client().executor(threads).build()) {
      for (int i = 0; i < CALLERS; i++) {
        calls.add(client.generateAsync(Samples.image()));
      }
      calls.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }

    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(CALLERS);
    assertThat(service.tokensOfCalls().size()).isBetween(CALLERS + 1, CALLERS + atOnce);
  }

  @Test
  void callersThatAreInterruptedStopAtOnceAndTheRenewalGoesOn() throws Exception {
    loginAndExpire();
    session.refused("access-SECRET-1");
    service.renewals(Renewal.how(How.STALL));
    AtomicReference<Throwable> ofOther = new AtomicReference<>();
    Thread other = start(this::generate, ofOther);
    service.awaitStalled();
    List<Duration> took = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread caller = start(this::generate, thrown);
      while (caller.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait(); // until it waits for the renewal: nothing else is timed here
      }
      long before = System.nanoTime();
      caller.interrupt();
      caller.join();
      took.add(Duration.ofNanos(System.nanoTime() - before));
      assertThat(thrown.get())
          .isInstanceOf(CallInterruptedException.class)
          .hasMessageContaining("while waiting for an access token");
      assertThat(((ElumentaException) thrown.get()).execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
    service.go();
    other.join();

    assertThat(took.stream().sorted().toList().get(4)).isLessThan(Duration.ofMillis(50));
    assertThat(ofOther.get()).isNull();
    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void closingTheClientEndsItsWaitingAndNotTheRenewal() throws Exception {
    loginAndExpire();
    service.renewals(Renewal.how(How.STALL));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean isInterrupted = new AtomicBoolean(true);
    Thread caller =
        start(
            () -> {
              try {
                generate();
              } finally {
                isInterrupted.set(Thread.currentThread().isInterrupted());
              }
            },
            thrown);
    service.awaitStalled();
    elumenta.close();
    caller.join();
    service.go();
    session.close();

    assertThat(thrown.get())
        .isInstanceOf(CallInterruptedException.class)
        .hasMessageContaining("because the client is closed");
    assertThat(isInterrupted).isFalse();
    assertThat(store.read().flatMap(StoredSession::refreshToken)).contains("refresh-SECRET-2");
  }

  @Test
  void theOnlyCallerCanGiveUpAndTheNewTokensAreNotLost() throws Exception {
    loginAndExpire();
    service.renewals(Renewal.how(How.STALL));
    CompletableFuture<Generation> call = elumenta.generateAsync(Samples.image());
    service.awaitStalled();
    call.cancel(true);
    service.go();
    session.close(); // waits for the renewal

    assertThat(store.read().flatMap(StoredSession::refreshToken)).contains("refresh-SECRET-2");
    assertThat(service.executed()).isZero();
  }

  @Test
  void theTimeOfACallHoldsThoughTheRenewalStalls() throws Exception {
    loginAndExpire();
    service.renewals(Renewal.how(How.STALL));
    long before = System.nanoTime();
    CallTimeoutException e =
        catchThrowableOfType(
            CallTimeoutException.class,
            () -> elumenta.within(Duration.ofMillis(1500)).generate(Samples.image()));
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofMillis(1700));
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().path()).isEqualTo("/generate");
    service.go();
    generate();
    assertThat(service.renewals()).isEqualTo(1);
  }

  @Test
  void aRenewalThatStallsHoldsNobodyUpForLongWhoseTokenIsGood() throws Exception {
    session.login("a@example.com", SessionService.PASSWORD);
    Instant now = Instant.now();
    session.adopt(
        StoredSession.of(
            "access-SECRET-1",
            now.minusSeconds(850),
            now.plusSeconds(50),
            "refresh-SECRET-1",
            StoredSession.RefreshForm.BODY));
    service.renewals(Renewal.how(How.STALL));
    generate();
    long before = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      generate();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - before);

    assertThat(took).isLessThan(Duration.ofSeconds(2));
    assertThat(service.tokensOfCalls()).hasSize(11).containsOnly("access-SECRET-1");
    assertThat(service.renewals()).isEqualTo(1);
  }

  @Test
  void aLoginWhileARenewalIsUnderWayWins() throws Exception {
    loginAndExpire();
    service.renewals(Renewal.how(How.STALL));
    AtomicReference<Throwable> first = new AtomicReference<>();
    AtomicReference<Throwable> second = new AtomicReference<>();
    Thread caller = start(this::generate, first);
    service.awaitStalled();
    Thread login = start(() -> session.login("b@example.com", SessionService.PASSWORD), second);
    service.awaitLogins(2);
    service.go();
    caller.join();
    login.join();
    generate();

    assertThat(second.get()).isNull();
    String ofTheLogin = service.newestAccessToken(); // either the renewal came first or was refused
    assertThat(service.tokensOfCalls()).endsWith(ofTheLogin);
    assertThat(store.read().map(StoredSession::accessToken)).contains(ofTheLogin);
  }

  @Test
  void aClosedSessionRenewsNothing() {
    loginAndExpire();
    session.close();

    assertThatThrownBy(this::generate).isInstanceOf(ElumentaException.class);
    assertThat(service.renewals()).isZero();
  }

  @Test
  void whoeverFailsTogetherFailsAfterOneRenewal() throws Exception {
    loginAndExpire();
    session.refused("access-SECRET-1");
    service.renewals(Renewal.how(How.STALL));
    service.revoke();
    AtomicInteger failed = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      callers.add(
          start(
              () -> {
                if (catchThrowable(session::bearerToken) instanceof LoginRequiredException) {
                  failed.incrementAndGet();
                }
              },
              thrown));
    }
    service.awaitStalled();
    service.go();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(failed).hasValue(50);
    assertThat(service.renewals()).isEqualTo(1);
  }
}
