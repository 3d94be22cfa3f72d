package ru.elumenta.client.internal.session;

import feign.Headers;
import feign.Param;
import feign.RequestLine;
import feign.TypedResponse;
import jakarta.annotation.Nonnull;
import ru.elumenta.client.api.Idempotent;
import ru.elumenta.client.api.NoCredentials;
import ru.elumenta.client.model.LogoutRequest;
import ru.elumenta.client.model.SessionTokens;

/**
 * Operations of the contract in forms that the generated interface does not have: with cookies, and
 * with the credentials of a session and not of a client. Public for the proxy's sake only.
 */
public interface SessionCalls {
  /** Renews with the refresh token in a cookie and no body (page: authentication). */
  @NoCredentials
  @RequestLine("POST /auth/refresh")
  @Headers({"Cookie: {cookie}", "Accept: application/json"})
  TypedResponse<SessionTokens> refreshByCookie(@Param("cookie") @Nonnull String cookie);

  /**
   * Ends the session of an access token.
   *
   * @param cookie the cookies of the session, or null
   */
  @NoCredentials
  @Idempotent
  @RequestLine("POST /auth/logout")
  @Headers({
    "Authorization: Bearer {token}",
    "Cookie: {cookie}",
    "Content-Type: application/json",
    "Accept: application/json"
  })
  void logout(
      @Param("token") @Nonnull String accessToken,
      @Param("cookie") String cookie,
      @Nonnull LogoutRequest request);
}
