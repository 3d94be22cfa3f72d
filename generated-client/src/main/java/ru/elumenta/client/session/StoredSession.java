package ru.elumenta.client.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.check.Require;

/**
 * The tokens of a session, as a {@link SessionStore} keeps them. Immutable. {@code toString()}
 * shows no token; {@link #encoded()} shows them all.
 */
public final class StoredSession {
  /** How the refresh token goes to the service; the pages of the documentation differ. */
  public enum RefreshForm {
    /** As {@code refresh_token} in the body (page: api-reference/auth/refresh). */
    BODY,
    /** As the header Cookie, for example {@code refresh_token=…} (page: authentication). */
    COOKIE
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final int VERSION = 1;

  private final String accessToken;
  private final Instant issuedAt;
  private final Instant expiresAt;
  private final @Nullable String refreshToken; // null for none
  private final RefreshForm refreshForm;
  private final LoginRequiredException.@Nullable Reason end; // null while it goes on

  private StoredSession(
      String accessToken,
      Instant issuedAt,
      Instant expiresAt,
      @Nullable String refreshToken,
      RefreshForm refreshForm,
      LoginRequiredException.@Nullable Reason end) {
    this.accessToken = accessToken;
    this.issuedAt = issuedAt;
    this.expiresAt = expiresAt;
    this.refreshToken = refreshToken;
    this.refreshForm = refreshForm;
    this.end = end;
  }

  /**
   * Creates one of tokens that are already there.
   *
   * @param accessToken the token for the Authorization header, without the word Bearer
   * @param issuedAt when it was issued, or asked for
   * @param expiresAt when it expires: 15 minutes later, as far as the documentation says
   * @param refreshToken the newest refresh token, or null if there is none; a cookie is {@code
   *     name=value}
   * @param form how the refresh token goes to the service
   * @throws IllegalArgumentException if a token cannot be sent, with a sentence that does not show
   *     it
   */
  public static StoredSession of(
      String accessToken,
      Instant issuedAt,
      Instant expiresAt,
      @Nullable String refreshToken,
      RefreshForm form) {
    Require.that(
        isSendable(accessToken, ' '),
        "The access token is null, empty, or has a character that no header may have.");
    boolean isSendable =
        refreshToken == null || isSendable(refreshToken, form == RefreshForm.COOKIE ? 0x1F : ' ');
    Require.that(isSendable, "The refresh token is empty, or has a character that it may not.");
    return new StoredSession(
        accessToken,
        Require.notNull("issuedAt", issuedAt),
        Require.notNull("expiresAt", expiresAt),
        refreshToken,
        Require.notNull("form", form),
        null);
  }

  private static boolean isSendable(@Nullable String token, int above) {
    return token != null && !token.isBlank() && token.chars().allMatch(c -> c > above && c < 0x7F);
  }

  /**
   * Reads what {@link #encoded()} wrote.
   *
   * @throws IllegalArgumentException if it is anything else, with a sentence that shows nothing of
   *     it
   */
  public static StoredSession decode(String text) {
    Require.that(text != null && !text.isBlank(), "It is empty.");
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("It is not JSON, or is cut off.");
    }
    int version = json.path("version").asInt();
    Require.that(version == VERSION, "It is not of version %s but of %s.", VERSION, version);
    try {
      if (json.hasNonNull("ended")) {
        return ended(LoginRequiredException.Reason.valueOf(json.get("ended").asText()));
      }
      return of(
          json.path("access_token").textValue(),
          Instant.parse(json.path("issued_at").asText()),
          Instant.parse(json.path("expires_at").asText()),
          json.path("refresh_token").textValue(),
          RefreshForm.valueOf(json.path("refresh_form").asText()));
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new IllegalArgumentException("A member is missing or is not what it should be.");
    }
  }

  /** Returns all of it as text, tokens included, for a store to keep: a secret. */
  public String encoded() {
    ObjectNode json = JSON.createObjectNode().put("version", VERSION);
    if (end != null) {
      return json.put("ended", end.name()).toString();
    }
    json.put("access_token", accessToken)
        .put("issued_at", issuedAt.toString())
        .put("expires_at", expiresAt.toString())
        .put("refresh_form", refreshForm.name());
    return (refreshToken == null ? json : json.put("refresh_token", refreshToken)).toString();
  }

  /** Returns what is left of a session that has ended: how, and no tokens. */
  static StoredSession ended(LoginRequiredException.Reason reason) {
    return new StoredSession("", Instant.EPOCH, Instant.EPOCH, null, RefreshForm.BODY, reason);
  }

  /** Returns what is left of this session once it has ended: how, and no tokens. */
  public StoredSession end(LoginRequiredException.Reason reason) {
    return ended(Require.notNull("reason", reason));
  }

  /** Returns how the session ended; empty while it goes on. */
  public Optional<LoginRequiredException.Reason> ended() {
    return Optional.ofNullable(end);
  }

  /** Returns the token for the Authorization header; empty text if the session has ended. */
  public String accessToken() {
    return accessToken;
  }

  /** Returns when the access token was asked for. */
  public Instant issuedAt() {
    return issuedAt;
  }

  /** Returns when the access token expires. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** Returns the newest refresh token, or the cookies in its place. */
  public Optional<String> refreshToken() {
    return Optional.ofNullable(refreshToken);
  }

  /** Returns how the refresh token goes to the service. */
  public RefreshForm refreshForm() {
    return refreshForm;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StoredSession that
        && accessToken.equals(that.accessToken)
        && issuedAt.equals(that.issuedAt)
        && expiresAt.equals(that.expiresAt)
        && Objects.equals(refreshToken, that.refreshToken)
        && refreshForm == that.refreshForm
        && end == that.end;
  }

  @Override
  public int hashCode() {
    return Objects.hash(accessToken, expiresAt, refreshToken, end);
  }

  /** Shows the times and which tokens there are, never the tokens. */
  @Override
  public String toString() {
    if (end != null) {
      return "StoredSession[ended: " + end + "]";
    }
    return "StoredSession[access token until %s, refresh token: %s]"
        .formatted(expiresAt, refreshToken == null ? "none" : refreshForm);
  }
}
