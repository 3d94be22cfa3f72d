package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.SessionService.AuthRequest;
import ru.elumenta.client.SessionService.Renewal;
import ru.elumenta.client.SessionService.Renewal.How;
import ru.elumenta.client.model.GoogleLoginRequest;
import ru.elumenta.client.model.TelegramLoginRequest;
import ru.elumenta.client.session.Login;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.client.session.StoredSession.RefreshForm;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.TransportException;

/** The ways into a session and out of it, in both documented forms. */
class SessionWaysTest {
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

  private Login login() {
    return session.login("a@example.com", SessionService.PASSWORD);
  }

  private void generate() {
    elumenta.generate(Samples.image());
  }

  private List<AuthRequest> renewalRequests() {
    return service.authRequests().stream()
        .filter(each -> each.path().equals("/auth/refresh"))
        .toList();
  }

  @Test
  void aLoginTellsWhoIsLoggedIn() {
    Login login = login();

    assertThat(login.user().orElseThrow().getId()).isEqualTo(1042);
    assertThat(login.isNewUser()).isTrue();
    assertThat(session.loggedIn()).isTrue();
    assertThat(service.lastAuthRequest().body())
        .isEqualTo("{\"email\":\"a@example.com\",\"password\":\"SECRET-long-password\"}");
    assertThat(service.lastAuthRequest().authorization()).isEmpty();
  }

  @Test
  void oneLogsInByPhone() {
    session.loginWithPhone("+79991234567", SessionService.PASSWORD);
    generate();

    assertThat(service.lastAuthRequest())
        .isEqualTo(
            new AuthRequest(
                "/auth/login-phone",
                "{\"phone\":\"+79991234567\",\"password\":\"SECRET-long-password\"}",
                "",
                ""));
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void oneLogsInByTelegram() {
    session.loginWithTelegram(
        new TelegramLoginRequest()
            .id(123456789L)
            .firstName("Ivan")
            .authDate(1709903600L)
            .hash("signature"));
    generate();

    assertThat(service.lastAuthRequest().path()).isEqualTo("/auth/telegram");
    assertThat(service.lastAuthRequest().body())
        .contains("\"id\":123456789", "\"auth_date\":1709903600", "\"hash\":\"signature\"");
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void oneLogsInByGoogle() {
    session.loginWithGoogle(new GoogleLoginRequest().idToken("from-google"));
    generate();

    assertThat(service.lastAuthRequest())
        .isEqualTo(new AuthRequest("/auth/google", "{\"id_token\":\"from-google\"}", "", ""));
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void aWrongPasswordIsRefusedAndNothingIsStored() {
    assertThatThrownBy(() -> session.login("a@example.com", "wrong-SECRET"))
        .isInstanceOf(NotAuthenticatedException.class)
        .hasMessageContaining("Check what you log in with");
    assertThat(session.loggedIn()).isFalse();
    assertThat(service.authRequests()).hasSize(1);
  }

  @Test
  void tokensFromElsewhereAreGoneOnWith() {
    login(); // by a web page, as it were
    StoredSession tokens =
        StoredSession.of(
            "access-SECRET-1",
            time.now(),
            time.now().plusSeconds(900),
            "refresh-SECRET-1",
            RefreshForm.BODY);
    try (ElumentaSession other =
            ElumentaSession.builder().baseUrl(service.url()).timeSource(time).build();
        ElumentaClient client = other.client().build()) {
      other.adopt(tokens);
      client.generate(Samples.image());
      service.expire();
      client.generate(Samples.image());
    }
    assertThat(service.renewals()).isEqualTo(1);
    assertThat(service.executed()).isEqualTo(2);
  }

  @Test
  void withoutARefreshTokenTheSessionEndsWithItsAccessToken() {
    login();
    session.adopt(
        StoredSession.of(
            "access-SECRET-1", time.now(), time.now().plusSeconds(900), null, RefreshForm.BODY));
    time.passes(Duration.ofSeconds(899));
    generate();
    time.passes(Duration.ofSeconds(1));

    assertThatThrownBy(this::generate)
        .isInstanceOf(LoginRequiredException.class)
        .hasMessageContaining("it has no refresh token");
    assertThat(service.renewals()).isZero();
    assertThat(session.loggedIn()).isFalse();
  }

  @Test
  void theBodyCarriesTheRefreshToken() {
    login();
    for (int i = 0; i < 2; i++) {
      service.expire();
      generate();
    }

    assertThat(renewalRequests())
        .containsExactly(
            new AuthRequest("/auth/refresh", "{\"refresh_token\":\"refresh-SECRET-1\"}", "", ""),
            new AuthRequest("/auth/refresh", "{\"refresh_token\":\"refresh-SECRET-2\"}", "", ""));
  }

  @Test
  void aCookieCarriesItIfItCameInOne() {
    service.usesCookies().statesLifetime();
    login();
    for (int i = 0; i < 2; i++) {
      service.expire();
      generate();
    }

    assertThat(renewalRequests())
        .containsExactly(
            new AuthRequest("/auth/refresh", "", "refresh_token=refresh-SECRET-1", ""),
            new AuthRequest("/auth/refresh", "", "refresh_token=refresh-SECRET-2", ""));
    assertThat(service.executed()).isEqualTo(2);
  }

  @Test
  void aLostCookieAsksForALoginToo() {
    service.usesCookies();
    login();
    service.expire();
    service.renewals(Renewal.how(How.RENEW_AND_BREAK));

    assertThatThrownBy(this::generate).isInstanceOf(LoginRequiredException.class);
    assertThat(service.renewals()).isEqualTo(2);
  }

  @Test
  void aRefreshTokenThatIsNotReplacedStaysInUse() {
    login();
    service.expire();
    service.renewals(Renewal.answers(200, "{\"access_token\":\"other\"}"));

    assertThatThrownBy(this::generate).isInstanceOf(ru.elumenta.error.TokenExpiredException.class);
    assertThat(store.read().flatMap(StoredSession::refreshToken)).contains("refresh-SECRET-1");
    generate();
    assertThat(service.executed()).isEqualTo(1);
  }

  @Test
  void aCookieTakesOverFromTheBodyIfItsNameLeavesNoDoubt() {
    login();
    service.expire();
    Renewal other = Renewal.answers(200, "{\"access_token\":\"other\"}");
    service.renewals(other.with("Set-Cookie", "balancer=7; HttpOnly"));
    assertThatThrownBy(this::generate).isInstanceOf(ru.elumenta.error.TokenExpiredException.class);
    assertThat(store.read().orElseThrow().refreshForm()).isEqualTo(RefreshForm.BODY);

    service.renewals(other.with("Set-Cookie", "Refresh={a%2B/b}=; HttpOnly; Secure"));
    assertThatThrownBy(this::generate).isInstanceOf(ru.elumenta.error.TokenExpiredException.class);
    assertThat(store.read().flatMap(StoredSession::refreshToken)).contains("Refresh={a%2B/b}=");
    assertThatThrownBy(this::generate).isInstanceOf(LoginRequiredException.class);
    assertThat(service.lastAuthRequest().cookie()).isEqualTo("Refresh={a%2B/b}=");
    assertThat(service.lastAuthRequest().body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void loggingOutTellsTheServiceAndForgetsTheTokens(boolean usesCookies) {
    if (usesCookies) {
      service.usesCookies();
    }
    login();
    session.logout();

    assertThat(service.lastAuthRequest())
        .isEqualTo(
            new AuthRequest(
                "/auth/logout",
                usesCookies ? "{}" : "{\"refresh_token\":\"refresh-SECRET-1\"}",
                usesCookies ? "refresh_token=refresh-SECRET-1" : "",
                "Bearer access-SECRET-1"));
    assertThat(store.read()).isEmpty();
    assertThat(session.loggedIn()).isFalse();
    assertThatThrownBy(this::generate).isInstanceOf(LoginRequiredException.class);
    session.logout();
    assertThat(service.authRequests()).hasSize(2);
  }

  @Test
  void loggingOutWithAnExpiredTokenRenewsItFirst() {
    login();
    service.expire();
    session.logout();

    assertThat(service.authRequests())
        .extracting(AuthRequest::path)
        .containsExactly("/auth/login", "/auth/logout", "/auth/refresh", "/auth/logout");
    assertThat(service.lastAuthRequest().body())
        .isEqualTo("{\"refresh_token\":\"refresh-SECRET-2\"}");
    assertThat(store.read()).isEmpty();
  }

  @Test
  void tokensAreForgottenThoughTheServiceIsNotThere() {
    login();
    service.close();

    assertThatThrownBy(session::logout)
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("The tokens were removed all the same.");
    assertThat(store.read()).isEmpty();
    assertThat(session.loggedIn()).isFalse();
  }

  @Test
  void aClientOfASessionSharesItsAddressAndTime() {
    assertThat(session.client().build().toString()).contains(service.url());
    assertThat(Map.of("session", session).toString()).contains(service.url(), "in memory");
  }
}
