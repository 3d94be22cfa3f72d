package ru.elumenta.client.internal.session;

import feign.TypedResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.LogoutRequest;
import ru.elumenta.client.model.RefreshRequest;
import ru.elumenta.client.model.Session;
import ru.elumenta.client.model.SessionTokens;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.StoredSession;
import ru.elumenta.client.session.StoredSession.RefreshForm;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;

/**
 * Sends what a session has to send, each request once, and reads both documented forms of the
 * answers. Thread-safe.
 */
public final class SessionRequests {
  /** If {@code expires_in} is not sent (page: api-reference/auth/login). */
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  private static final long LONGEST_LIFETIME = Duration.ofDays(365).toSeconds();

  private final AuthApi auth;
  private final SessionCalls calls;
  private final TimeSource time;

  /**
   * Creates it.
   *
   * @param auth an interface whose calls are not repeated, as is the other
   */
  public SessionRequests(AuthApi auth, SessionCalls calls, TimeSource time) {
    this.auth = auth;
    this.calls = calls;
    this.time = time;
  }

  /**
   * A session that was opened.
   *
   * @param tokens what to keep
   * @param answer what the service said besides
   */
  public record Opened(StoredSession tokens, Session answer) {}

  /** Logs in. */
  public Opened login(Function<AuthApi, TypedResponse<Session>> way) {
    Instant asked = time.now();
    try {
      TypedResponse<Session> response = way.apply(auth);
      Session answer = response.body();
      return new Opened(
          tokens(
              "/auth/login",
              new Answered(
                  answer.getAccessToken(), answer.getRefreshToken(), answer.getExpiresIn()),
              response.headers(),
              asked,
              null),
          answer);
    } catch (ElumentaException e) {
      ElumentaException failure = asItIs(e);
      if (failure.execution() == Execution.UNKNOWN) {
        failure.completeContext(
            context -> context.remark("Logging in is never charged and may be tried again."));
      }
      throw failure;
    }
  }

  /** Exchanges the refresh token. */
  StoredSession renew(StoredSession old) {
    String token = old.refreshToken().orElseThrow();
    Instant asked = time.now();
    try {
      TypedResponse<SessionTokens> response =
          old.refreshForm() == RefreshForm.COOKIE
              ? calls.refreshByCookie(token)
              : auth.refreshTokenWithResponse(new RefreshRequest().refreshToken(token));
      SessionTokens answer = response.body();
      return tokens(
          "/auth/refresh",
          new Answered(answer.getAccessToken(), answer.getRefreshToken(), answer.getExpiresIn()),
          response.headers(),
          asked,
          old);
    } catch (ElumentaException e) {
      throw asItIs(e);
    }
  }

  /** Revokes the refresh token. */
  public void logout(StoredSession session) {
    boolean isCookie = session.refreshForm() == RefreshForm.COOKIE;
    String refresh = session.refreshToken().orElse(null);
    LogoutRequest request = new LogoutRequest();
    if (!isCookie) {
      request.setRefreshToken(refresh);
    }
    try {
      calls.logout(session.accessToken(), isCookie ? refresh : null, request);
    } catch (ElumentaException e) {
      throw asItIs(e);
    }
  }

  private record Answered(String accessToken, String refreshToken, Long expiresIn) {}

  /**
   * The newest refresh token is where the last answer had one; if it had none it is the old one.
   */
  private StoredSession tokens(
      String path,
      Answered answer,
      Map<String, Collection<String>> headers,
      Instant asked,
      StoredSession old) {
    Long seconds = answer.expiresIn;
    boolean isStated = seconds != null && seconds > 0 && seconds <= LONGEST_LIFETIME;
    Instant expires = asked.plus(isStated ? Duration.ofSeconds(seconds) : LIFETIME);
    boolean isInBody = answer.refreshToken != null && !answer.refreshToken.isBlank();
    try {
      if (isInBody) {
        return StoredSession.of(
            answer.accessToken, asked, expires, answer.refreshToken, RefreshForm.BODY);
      }
      boolean usesCookies =
          old == null
              || old.refreshToken().isEmpty()
              || old.refreshForm() == RefreshForm.COOKIE
              || RefreshCookies.areNamedIn(headers);
      boolean hadCookies = old != null && old.refreshForm() == RefreshForm.COOKIE;
      String before = hadCookies ? old.refreshToken().orElse(null) : null;
      Optional<String> cookies =
          usesCookies ? RefreshCookies.in(headers, before) : Optional.empty();
      if (cookies.isPresent()) {
        return StoredSession.of(
            answer.accessToken, asked, expires, cookies.get(), RefreshForm.COOKIE);
      }
      return StoredSession.of(
          answer.accessToken,
          asked,
          expires,
          old == null ? null : old.refreshToken().orElse(null),
          old == null ? RefreshForm.BODY : old.refreshForm());
    } catch (IllegalArgumentException e) {
      ErrorContext context =
          ErrorContext.builder("POST", path)
              .status(200)
              .execution(Execution.UNKNOWN)
              .occurredAt(time.now())
              .build();
      throw new ResponseFormatException(context, "holds no tokens that could be used");
    }
  }

  /** Whether a request that only concerns tokens was executed costs nothing. */
  private static ElumentaException asItIs(ElumentaException failure) {
    return failure instanceof OutcomeUnknownException
            && failure.getCause() instanceof ElumentaException lost
        ? lost
        : failure;
  }
}
