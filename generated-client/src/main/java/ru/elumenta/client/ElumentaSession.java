package ru.elumenta.client;

import feign.Client;
import feign.TypedResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.service.ClientCore;
import ru.elumenta.client.internal.session.CurrentTokens;
import ru.elumenta.client.internal.session.SessionRequests;
import ru.elumenta.client.internal.session.SessionRequests.Opened;
import ru.elumenta.client.model.GoogleLoginRequest;
import ru.elumenta.client.model.LoginRequest;
import ru.elumenta.client.model.PhoneLoginRequest;
import ru.elumenta.client.model.Session;
import ru.elumenta.client.model.TelegramLoginRequest;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.client.session.Login;
import ru.elumenta.client.session.LoginRequiredException;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.client.session.SessionStoreException;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.TokenExpiredException;

/**
 * A user who is logged in, as the credentials of a client.
 *
 * <pre>{@code
 * try (ElumentaSession session =
 *     ElumentaSession.builder().store(SessionStores.file(path)).build()) {
 *   if (!session.loggedIn()) {
 *     session.login(email, password);
 *   }
 *   try (ElumentaClient elumenta = session.client().build()) {
 *     elumenta.generate(request);
 *   }
 * }
 * }</pre>
 *
 * <p>Access tokens last 15 minutes, refresh tokens 30 days and for one use (pages:
 * api-reference/auth). A session renews its access token a minute before it expires, or when the
 * service answers 401; then the call that was refused is made once more. However many calls wait,
 * there is one renewal, of one request, or two if the answer to the first got lost. New tokens are
 * in the {@link SessionStore} before they are used. A renewal goes on to its end even if the call
 * that began it is cancelled.
 *
 * <p>A renewal that fails for a passing reason fails the calls that wait for it with that reason,
 * if their token is no longer good; nobody is logged out, and the next call tries again, after a
 * 429 not before the service wishes. If the service refuses the refresh token every call fails with
 * {@link LoginRequiredException}, without a request, until somebody logs in. If tokens cannot be
 * read or stored, calls fail with {@link SessionStoreException}. None of the calls that fail so was
 * sent.
 *
 * <p>Thread-safe. May serve several clients, and is not closed by them.
 */
public final class ElumentaSession implements Credentials, AutoCloseable {
  private final ClientCore core;
  private final Optional<Client> givenTransport;
  private final SessionStore store;
  private final Duration patience;
  private final SessionRequests requests;
  private final CurrentTokens tokens;

  ElumentaSession(
      ClientCore core,
      Optional<Client> givenTransport,
      SessionStore store,
      Duration patience,
      SessionRequests requests,
      CurrentTokens tokens) {
    this.core = core;
    this.givenTransport = givenTransport;
    this.store = store;
    this.patience = patience;
    this.requests = requests;
    this.tokens = tokens;
  }

  /** Starts to configure a session. */
  public static ElumentaSessionBuilder builder() {
    return new ElumentaSessionBuilder();
  }

  /**
   * Starts to configure a client that uses this session, at its base URL, in its time and, if one
   * was given, over its transport.
   */
  public ElumentaClientBuilder client() {
    ElumentaClientBuilder builder =
        ElumentaClient.builder().credentials(this).baseUrl(core.baseUrl()).timeSource(core.time());
    return givenTransport.map(builder::transport).orElse(builder);
  }

  /**
   * Returns whether the store holds a session that has not ended as far as is known. Sends nothing:
   * whether the service still accepts its tokens shows with the first call.
   *
   * @throws SessionStoreException if the store cannot be read
   */
  public boolean loggedIn() {
    return store
        .read()
        .filter(session -> session.ended().isEmpty())
        .filter(
            session ->
                session.refreshToken().isPresent()
                    || core.time().now().isBefore(session.expiresAt()))
        .isPresent();
  }

  /**
   * Logs in with an e-mail address. Replaces the session that there is, if any, without ending it
   * at the service.
   *
   * @throws ru.elumenta.error.ElumentaException as {@link AuthApi#login} does: 401 is a wrong
   *     address or password, 403 an address that is not verified
   * @throws SessionStoreException if the tokens cannot be stored; they are not used then
   */
  public Login login(String email, String password) {
    LoginRequest request =
        new LoginRequest()
            .email(Require.notNull("email", email))
            .password(Require.notNull("password", password));
    return opened(auth -> auth.loginWithResponse(request));
  }

  /**
   * Logs in with a phone number, as {@link #login} does.
   *
   * @param phone with plus sign and country code
   */
  public Login loginWithPhone(String phone, String password) {
    PhoneLoginRequest request =
        new PhoneLoginRequest()
            .phone(Require.notNull("phone", phone))
            .password(Require.notNull("password", password));
    return opened(auth -> auth.loginWithPhoneWithResponse(request));
  }

  /** Logs in with what the Telegram Login Widget gave, as {@link #login} does. */
  public Login loginWithTelegram(TelegramLoginRequest request) {
    Require.notNull("request", request);
    return opened(auth -> auth.loginWithTelegramWithResponse(request));
  }

  /**
   * Logs in with what Google gave, as {@link #login} does.
   *
   * @param request with {@code id_token}, or with {@code code} and {@code redirect_uri}: two pages
   *     of the documentation disagree
   */
  public Login loginWithGoogle(GoogleLoginRequest request) {
    Require.notNull("request", request);
    return opened(auth -> auth.loginWithGoogleWithResponse(request));
  }

  private Login opened(Function<AuthApi, TypedResponse<Session>> way) {
    Opened opened = requests.login(way);
    adopt(opened.tokens());
    return new Login(
        Optional.ofNullable(opened.answer().getUser()),
        Boolean.TRUE.equals(opened.answer().getIsNewUser()));
  }

  /**
   * Goes on with tokens that were obtained elsewhere, for example by a web page. From now on they
   * belong to this session: whoever else renews with the same refresh token ends it.
   *
   * @throws SessionStoreException if they cannot be stored; they are not used then
   */
  public void adopt(StoredSession session) {
    Require.that(
        Require.notNull("session", session).ended().isEmpty(), "The session has ended: log in.");
    store.locked(
        patience,
        () -> {
          store.write(session);
          tokens.replace(session);
          return null;
        });
  }

  /**
   * Ends the session: tells the service, which revokes the refresh token, and removes the tokens
   * from the store. They are removed even if the service cannot be told, with its failure thrown
   * afterwards. An access token goes on working for up to 15 minutes (page:
   * api-reference/auth/logout), also in other processes that have it. Does nothing but remove what
   * is left if nobody is logged in.
   *
   * @throws ru.elumenta.error.ElumentaException as {@link AuthApi#logout} does; the refresh token
   *     may then stay good until it expires
   * @throws SessionStoreException if the tokens cannot be removed
   */
  public void logout() {
    try {
      endAtService();
    } catch (LoginRequiredException e) {
      // It has ended already.
    } catch (ElumentaException e) {
      e.completeContext(
          context ->
              context.remark(
                  "The tokens were removed all the same. If the service does not know of it, it"
                      + " accepts the refresh token until that expires, after 30 days."));
      try {
        remove();
      } catch (SessionStoreException left) {
        left.addSuppressed(e);
        throw left;
      }
      throw e;
    }
    remove();
  }

  private void endAtService() {
    StoredSession session = good();
    try {
      requests.logout(session);
    } catch (NotAuthenticatedException | TokenExpiredException e) {
      tokens.refused(session.accessToken());
      requests.logout(good());
    }
  }

  private void remove() {
    store.locked(
        patience,
        () -> {
          store.clear();
          tokens.replace(null);
          return null;
        });
  }

  @Override
  public String bearerToken() {
    return good().accessToken();
  }

  private StoredSession good() {
    try {
      return tokens.good(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallInterruptedException(notSent(), "while waiting for an access token", null);
    } catch (TimeoutException e) {
      throw new CallTimeoutException(notSent(), patience, e);
    }
  }

  private ErrorContext notSent() {
    return ErrorContext.builder("POST", "/auth/refresh")
        .execution(Execution.NOT_EXECUTED)
        .occurredAt(core.time().now())
        .build();
  }

  @Override
  public String bearerToken(Duration atMost) throws InterruptedException, TimeoutException {
    return tokens.good(atMost).accessToken();
  }

  @Override
  public boolean refused(String token) {
    return tokens.refused(token);
  }

  /**
   * Ends what the session has started. Waits for a renewal under way, because whoever cuts it off
   * may lose the next refresh token: that takes two attempt time-outs at most, and an interrupt
   * ends the wait but not the renewal. The user stays logged in. Calls that need a renewal after
   * this fail with {@link CallInterruptedException}. Idempotent.
   */
  @Override
  public void close() {
    tokens.close();
  }

  /** Shows base URL and store, no token. */
  @Override
  public String toString() {
    return "ElumentaSession[" + core.baseUrl() + ", " + store + "]";
  }
}
