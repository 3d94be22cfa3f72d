package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.SessionService.Renewal;
import ru.elumenta.client.SessionService.Renewal.How;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.LoginRequiredException.Reason;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.TokenExpiredException;
import ru.elumenta.error.TransportException;

/**
 * When a session renews its tokens, how many requests that takes, and what becomes of the calls.
 */
class SessionRenewalTest {
  private final FakeTime time = new FakeTime();
  private final SessionService service = new SessionService();
  private final SessionStore store = SessionStores.inMemory();
  private final ElumentaSession session =
      ElumentaSession.builder().baseUrl(service.url()).timeSource(time).store(store).build();
  private final ElumentaClient elumenta = session.client().build();

  @AfterEach
  void stop() {
    elumenta.close();
    session.close();
    service.close();
  }

  private void login() {
    session.login("a@example.com", SessionService.PASSWORD);
  }

  private void generate() {
    elumenta.generate(Samples.image());
  }

  private LoginRequiredException loginRequired() {
    return catchThrowableOfType(LoginRequiredException.class, this::generate);
  }

  @Test
  void aCallIsMadeWithTheTokenOfTheLogin() {
    login();
    generate();

    assertThat(service.tokensOfCalls()).containsExactly("access-SECRET-1");
    assertThat(service.renewals()).isZero();
  }

  @Test
  void withoutALoginNothingIsSent() {
    LoginRequiredException e = loginRequired();

    assertThat(e.reason()).isEqualTo(Reason.NOT_LOGGED_IN);
    assertThat(e)
        .hasMessage(
            "Nobody is logged in: the session has no tokens. Nothing was executed and nothing was"
                + " charged. Log in again; until then calls with this session fail without a"
                + " request. [0 attempts]");
    assertThat(service.tokensOfCalls()).isEmpty();
    assertThat(session.loggedIn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aTokenIsRenewedAMinuteBeforeItExpires(boolean isLifetimeStated) {
    if (isLifetimeStated) {
      service.statesLifetime();
    }
    login();
    time.passes(Duration.ofMinutes(14).minusMillis(1));
    generate();
    time.passes(Duration.ofMillis(1));
    generate();
    generate();

    assertThat(service.tokensOfCalls())
        .containsExactly("access-SECRET-1", "access-SECRET-2", "access-SECRET-2");
    assertThat(service.renewals()).isEqualTo(1);
  }

  @Test
  void theMarginIsHalfOfAShortLifeAtMost() {
    Instant now = time.now();
    login();
    session.adopt(
        StoredSession.of(
            "access-SECRET-1",
            now,
            now.plusSeconds(30),
            "refresh-SECRET-1",
            StoredSession.RefreshForm.BODY));
    time.passes(Duration.ofSeconds(14));
    generate();

    assertThat(service.renewals()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SessionService.EXPIRED,
        "{\"error\":\"not_authenticated\",\"message\":\"no\"}",
        "{\"detail\":\"Invalid or expired token\"}",
        ""
      })
  void aRefusedTokenIsRenewedOnceAndTheCallMadeOnceMore(String body) {
    service.refusesTokensWith(body);
    login();
    service.expire();
    generate();

    assertThat(service.tokensOfCalls()).containsExactly("access-SECRET-1", "access-SECRET-2");
    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void theRepetitionIsNoneOfTheAttemptsOfTheCall() {
    login();
    service.expire();
    try (ElumentaClient once = session.client().retry(RetryOptions.none()).build()) {
      once.generate(Samples.image());
    }

    assertThat(service.executed()).isEqualTo(1);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void aTokenThatIsRefusedRightAfterARenewalIsTheEndOfTheCall() {
    login();
    service.expire();
    service.renewals(Renewal.answers(200, "{\"access_token\":\"other\",\"refresh_token\":\"x\"}"));

    assertThatThrownBy(this::generate).isInstanceOf(TokenExpiredException.class);
    assertThat(service.tokensOfCalls()).containsExactly("access-SECRET-1", "other");
    assertThat(service.renewals()).isEqualTo(1);
  }

  @Test
  void aTokenThatAnotherCallHasRenewedMeanwhileIsNotRenewedAgain() {
    login();
    service.expire();
    generate();

    assertThat(session.refused("access-SECRET-1")).isTrue();
    generate();
    assertThat(service.renewals()).isEqualTo(1);
  }

  @Test
  void anApiKeyThatIsRefusedIsNotTriedAgain() {
    try (ElumentaClient withKey =
        ElumentaClient.builder().apiKey(Service.KEY).baseUrl(service.url()).build()) {
      assertThatThrownBy(() -> withKey.generate(Samples.image()))
          .isInstanceOf(TokenExpiredException.class);
    }
    assertThat(service.tokensOfCalls()).hasSize(1);
  }

  @Test
  void newTokensAreStoredBeforeTheyAreUsed() {
    List<String> usedBefore = new ArrayList<>();
    StoreAround watched =
        new StoreAround(store) {
          @Override
          public void write(StoredSession session) {
            usedBefore.addAll(service.tokensOfCalls());
            super.write(session);
          }
        };
    try (ElumentaSession own =
            ElumentaSession.builder().baseUrl(service.url()).store(watched).build();
        ElumentaClient client = own.client().build()) {
      own.login("a@example.com", SessionService.PASSWORD);
      service.expire();
      client.generate(Samples.image());
    }

    assertThat(usedBefore).containsExactly("access-SECRET-1");
    assertThat(service.tokensOfCalls()).containsExactly("access-SECRET-1", "access-SECRET-2");
    assertThat(store.read().flatMap(StoredSession::refreshToken)).contains("refresh-SECRET-2");
  }

  @Test
  void aRefusedRefreshTokenAsksForALoginAndIsNotSentAgain() {
    login();
    service.revoke();
    LoginRequiredException first = loginRequired();
    LoginRequiredException second = loginRequired();

    assertThat(List.of(first.reason(), second.reason())).containsOnly(Reason.REFUSED);
    assertThat(first).hasCauseInstanceOf(NotAuthenticatedException.class);
    assertThat(first.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(first.getMessage())
        .contains("nothing was charged")
        .contains("Log in again")
        .doesNotContain("SECRET");
    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.tokensOfCalls()).hasSize(1);
    assertThat(session.loggedIn()).isFalse();

    login();
    generate();
    assertThat(service.executed()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = How.class,
      names = {"RENEW_AND_BREAK", "RENEW_AND_CUT"})
  void aRotationWhoseAnswerGetsLostAsksForALogin(How how) {
    login();
    service.expire();
    service.renewals(Renewal.how(how));
    LoginRequiredException e = loginRequired();

    assertThat(e.reason()).isEqualTo(Reason.RENEWAL_LOST);
    assertThat(service.renewals()).isEqualTo(2);
    assertThat(loginRequired().reason()).isEqualTo(Reason.RENEWAL_LOST);
    assertThat(service.renewals()).isEqualTo(2);
    assertThat(service.executed()).isZero();
  }

  @Test
  void aRenewalThatWasLostOnItsWayThereIsSentOnceMore() {
    login();
    service.expire();
    service.renewals(Renewal.how(How.BREAK));
    generate();

    assertThat(service.renewals()).isEqualTo(2);
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void aRenewalThatIsLostTwiceFailsTheCallAndLogsNobodyOut() {
    login();
    service.expire();
    service.renewals(Renewal.how(How.BREAK), Renewal.how(How.BREAK));
    TransportException e = catchThrowableOfType(TransportException.class, this::generate);

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().attempts()).isEqualTo(2);
    assertThat(e).hasMessageContaining("nobody is logged out");
    assertThat(service.renewals()).isEqualTo(2);
    generate();
    assertThat(service.renewals()).isEqualTo(3);
  }

  @Test
  void aRenewalThatFailsForAPassingReasonFailsTheCallAndTheNextTriesAgain() {
    login();
    service.expire();
    service.renewals(Renewal.answers(503, Samples.MODEL_UNAVAILABLE));

    assertThatThrownBy(this::generate)
        .isInstanceOf(ModelUnavailableException.class)
        .hasMessageContaining("POST /auth/refresh");
    assertThat(service.renewals()).isEqualTo(1);
    generate();
    assertThat(service.renewals()).isEqualTo(2);
    assertThat(service.executed()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  void afterA429NothingIsSentBeforeTheServiceWishes(int seconds) {
    login();
    service.expire();
    Renewal limited = Renewal.answers(429, "{\"detail\":\"Rate limit exceeded\"}");
    service.renewals(
        seconds == 0 ? limited : limited.with("Retry-After", Integer.toString(seconds)));
    Duration wait = Duration.ofSeconds(seconds == 0 ? 60 : seconds);

    assertThatThrownBy(this::generate).isInstanceOf(RateLimitException.class);
    time.passes(wait.minusMillis(1));
    assertThatThrownBy(this::generate).isInstanceOf(RateLimitException.class);
    assertThat(service.renewals()).isEqualTo(1);
    time.passes(Duration.ofMillis(1));
    generate();
    assertThat(service.renewals()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aWaitOfAYearIsTriedAfterMinutes(int status) {
    login();
    service.expire();
    Renewal refused =
        Renewal.answers(status, "{\"detail\":\"Later\"}").with("Retry-After", "31536000");
    service.renewals(refused, refused);

    assertThatThrownBy(this::generate).isInstanceOf(ElumentaException.class);
    time.passes(Duration.ofMinutes(5).minusMillis(1));
    assertThatThrownBy(this::generate).isInstanceOf(ElumentaException.class);
    assertThat(service.renewals()).isEqualTo(1);
    time.passes(Duration.ofMillis(1));
    assertThatThrownBy(this::generate).isInstanceOf(ElumentaException.class);
    assertThatThrownBy(this::generate).isInstanceOf(ElumentaException.class);
    assertThat(service.renewals()).isEqualTo(2);
    time.passes(Duration.ofMinutes(5));
    generate();
    assertThat(service.renewals()).isEqualTo(3);
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void whileTheTokenIsGoodARenewalThatFailsDoesNoHarmAndIsNotRepeatedAtEveryCall() {
    login();
    service.renewals(Renewal.answers(503, ""), Renewal.answers(503, ""));
    time.passes(Duration.ofMinutes(14));
    generate();
    generate();
    assertThat(service.renewals()).isEqualTo(1);
    time.passes(Duration.ofSeconds(5));
    generate();

    assertThat(service.renewals()).isEqualTo(2);
    assertThat(service.executed()).isEqualTo(3);
    assertThat(service.tokensOfCalls()).containsOnly("access-SECRET-1");
  }

  @Test
  void tokensThatCouldNotBeStoredAreNotUsedButKeptAndStoredByTheNextCall() {
    FailingStore failing = new FailingStore(store);
    try (ElumentaSession own =
            ElumentaSession.builder().baseUrl(service.url()).store(failing).build();
        ElumentaClient client = own.client().build()) {
      own.login("a@example.com", SessionService.PASSWORD);
      service.expire();
      failing.isFull = true;

      assertThatThrownBy(() -> client.generate(Samples.image()))
          .isInstanceOf(SessionStoreException.class);
      assertThat(service.tokensOfCalls()).containsExactly("access-SECRET-1");
      failing.isFull = false;
      client.generate(Samples.image());
    }
    assertThat(service.renewals()).isEqualTo(1);
    assertThat(store.read().flatMap(StoredSession::refreshToken)).contains("refresh-SECRET-2");
  }

  @Test
  void tokensThatAnotherHasStoredAreUsedWithoutARequest() {
    login();
    service.expire();
    try (ElumentaSession other =
            ElumentaSession.builder().baseUrl(service.url()).timeSource(time).store(store).build();
        ElumentaClient client = other.client().build()) {
      client.generate(Samples.image());
    }
    generate();

    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(2);
  }

  @Test
  void aLostRaceForTheStoreIsWonByItsNewerTokens() {
    login();
    StoredSession old = store.read().orElseThrow();
    time.passes(Duration.ofMinutes(14));
    generate();
    StoredSession newer = store.read().orElseThrow();
    try (ElumentaSession late =
        ElumentaSession.builder()
            .baseUrl(service.url())
            .timeSource(time)
            .store(new OutdatedStore(old, newer))
            .build()) {
      assertThat(late.bearerToken()).isEqualTo("access-SECRET-2");
    }
    assertThat(service.renewals()).isEqualTo(2);
  }

  /** A disk that is full at times. */
  private static final class FailingStore extends StoreAround {
    private volatile boolean isFull;

    FailingStore(SessionStore store) {
      super(store);
    }

    @Override
    public void write(StoredSession session) {
      if (isFull) {
        throw new SessionStoreException("No space left", "Make room.", null);
      }
      super.write(session);
    }
  }

  /** A store whose lock does not hold: the first look shows what was, the next what is. */
  private static final class OutdatedStore extends StoreAround {
    private final StoredSession old;
    private int looks;

    OutdatedStore(StoredSession old, StoredSession newer) {
      super(SessionStores.inMemory());
      this.old = old;
      super.write(newer);
    }

    @Override
    public Optional<StoredSession> read() {
      return looks++ < 2 ? Optional.of(old) : super.read();
    }
  }
}
