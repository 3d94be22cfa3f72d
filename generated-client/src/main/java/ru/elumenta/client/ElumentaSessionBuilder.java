package ru.elumenta.client;

import feign.Client;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import ru.elumenta.client.api.AuthApi;
import ru.elumenta.client.check.Require;
import ru.elumenta.client.internal.call.CallSettings;
import ru.elumenta.client.internal.net.BaseUrl;
import ru.elumenta.client.internal.service.ClientCore;
import ru.elumenta.client.internal.session.CurrentTokens;
import ru.elumenta.client.internal.session.SessionCalls;
import ru.elumenta.client.internal.session.SessionRequests;
import ru.elumenta.client.internal.session.StoredRenewal;
import ru.elumenta.client.internal.wiring.TransportChoice;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.options.NetworkOptions;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.StreamOptions;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.client.session.SessionStore;

/**
 * Configures an {@link ElumentaSession}. Nothing must be called. Bad values are refused by {@link
 * #build()} with a sentence that says what to do. Not thread-safe.
 */
public final class ElumentaSessionBuilder {
  /** Beyond two requests, for what happens before and after them. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private SessionStore store = SessionStores.inMemory();
  private String baseUrl = BaseUrl.DEFAULT;
  private Duration attemptTimeout = Duration.ofSeconds(30);
  private Duration renewAhead = Duration.ofMinutes(1);
  private TransportChoice transport = TransportChoice.DEFAULT;
  private TimeSource time = TimeSource.system();

  ElumentaSessionBuilder() {}

  /**
   * Keeps the tokens there. Default: in memory, so that they end with the session. What the store
   * holds already is gone on with. To begin with tokens that were obtained elsewhere, build with
   * the empty store and hand them to {@link ElumentaSession#adopt}, once; nobody needs to write to
   * a store by hand:
   *
   * <pre>{@code
   * ElumentaSession session =
   *     ElumentaSession.builder().store(SessionStores.file(path)).build();
   * session.adopt(
   *     StoredSession.of(
   *         accessToken, issuedAt, expiresAt, refreshToken, StoredSession.RefreshForm.BODY));
   * }</pre>
   */
  public ElumentaSessionBuilder store(SessionStore store) {
    this.store = Require.notNull("store", store);
    return this;
  }

  /** Sets where the service is, as {@link ElumentaClientBuilder#baseUrl} does. */
  public ElumentaSessionBuilder baseUrl(String baseUrl) {
    this.baseUrl = baseUrl;
    return this;
  }

  /**
   * Sets the time for one request of the session itself, such as a renewal. Default 30 s. A call
   * that waits for a renewal ends when its own time is over, whatever this is.
   */
  public ElumentaSessionBuilder attemptTimeout(Duration attemptTimeout) {
    this.attemptTimeout = attemptTimeout;
    return this;
  }

  /**
   * Sets how long before its end an access token is renewed. Default 1 minute, at the most half of
   * the token's lifetime. Zero leaves it to the service's 401.
   */
  public ElumentaSessionBuilder renewAhead(Duration renewAhead) {
    this.renewAhead = renewAhead;
    return this;
  }

  /** Sends requests through another transport, as {@link ElumentaClientBuilder#transport} does. */
  public ElumentaSessionBuilder transport(Client transport) {
    this.transport = this.transport.given(transport);
    return this;
  }

  /**
   * Sets how requests of every kind get to the service: proxy, TLS, further headers. Default {@link
   * NetworkOptions#defaults()}. Conflicts with {@link #transport}, which decides for itself.
   */
  public ElumentaSessionBuilder network(NetworkOptions options) {
    this.transport = transport.with(options);
    return this;
  }

  /**
   * Shares connections and their threads with other clients. Default: connections of its own. The
   * engine is not closed with the client. Conflicts with {@link #transport}.
   */
  public ElumentaSessionBuilder sharedWith(HttpEngine engine) {
    this.transport = transport.sharedWith(Require.notNull("sharedWith", engine).parts());
    return this;
  }

  /** Takes time from elsewhere, as {@link ElumentaClientBuilder#timeSource} does. */
  public ElumentaSessionBuilder timeSource(TimeSource time) {
    this.time = Require.notNull("timeSource", time);
    return this;
  }

  /**
   * Builds the session. Sends nothing, and does not touch the store.
   *
   * @throws IllegalArgumentException if a value is out of range
   */
  public ElumentaSession build() {
    Require.positive("attemptTimeout", attemptTimeout);
    Duration margin = Require.notNegative("renewAhead", renewAhead);
    String server = BaseUrl.checked(baseUrl);
    ClientCore core =
        new ClientCore(
            ElumentaSessionBuilder::noToken,
            server,
            CallSettings.ofOneAttempt(time, attemptTimeout, URI.create(server)),
            PollingOptions.defaults(),
            StreamOptions.defaults(),
            transport.checked(),
            Optional.empty(),
            CallJournal.inMemory());
    Duration patience = attemptTimeout.multipliedBy(2).plus(SLACK);
    SessionRequests requests =
        new SessionRequests(core.api(AuthApi.class), core.api(SessionCalls.class), time);
    CurrentTokens tokens =
        new CurrentTokens(
            new StoredRenewal(store, requests, time, margin, patience), time, core::close);
    return new ElumentaSession(core, transport.given(), store, patience, requests, tokens);
  }

  private static String noToken() {
    throw new IllegalStateException("A session sends its own requests without credentials.");
  }
}
