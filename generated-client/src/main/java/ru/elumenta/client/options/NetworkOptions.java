package ru.elumenta.client.options;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import ru.elumenta.client.check.HeaderRule;
import ru.elumenta.client.check.Require;

/**
 * How requests of every kind get to the service: calls, streams, uploads, downloads and the refresh
 * of tokens. Immutable and thread-safe; start from {@link #defaults()}. Nothing of it is a switch
 * of the whole JVM, so two clients may take two ways.
 */
public final class NetworkOptions {
  private static final NetworkOptions DEFAULTS =
      new NetworkOptions(
          null, false, null, Map.of(), Duration.ofSeconds(10), Duration.ofSeconds(30), "");

  private final @Nullable Proxy proxy; // null if none is named
  private final boolean isDirect;
  private final @Nullable SSLContext tls; // null for that of the JVM
  private final Map<String, String> headers;
  private final Duration connectTimeout;
  private final Duration idleTime;
  private final String application;

  /**
   * An HTTP proxy.
   *
   * @param host its name or address
   * @param port its port
   * @param user who asks it; empty if it asks for nobody
   * @param password of the user; not shown by {@link #toString()}
   */
  public record Proxy(String host, int port, String user, String password) {
    /**
     * Creates it.
     *
     * @throws IllegalArgumentException if a value is missing or out of range
     */
    public Proxy {
      Require.that(host != null && !host.isBlank(), "The proxy's host is blank.");
      Require.that(
          host.chars().allMatch(c -> c > ' ' && c < 127 && c != '/' && c != '@'),
          "The proxy's host must be a name or an address alone, without scheme, user and path.");
      Require.that(
          port > 0 && port < 65_536, "The proxy's port must be from 1 to 65535, but is %s.", port);
      Require.notNull("The proxy's user", user);
      Require.notNull("The proxy's password", password);
      Require.that(user.indexOf(':') < 0, "The proxy's user must not have a colon.");
      Require.that(
          user.chars().noneMatch(Character::isISOControl)
              && password.chars().noneMatch(Character::isISOControl),
          "User and password of the proxy must not have control characters, such as line ends.");
      Require.that(
          !user.isEmpty() || password.isEmpty(), "The proxy has a password, but no user for it.");
    }

    /** Returns host and port; neither user nor password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  private NetworkOptions(
      @Nullable Proxy proxy,
      boolean isDirect,
      @Nullable SSLContext tls,
      Map<String, String> headers,
      Duration connectTimeout,
      Duration idleTime,
      String application) {
    this.proxy = proxy;
    this.isDirect = isDirect;
    this.tls = tls;
    this.headers = headers;
    this.connectTimeout = connectTimeout;
    this.idleTime = idleTime;
    this.application = application;
  }

  /**
   * Returns the defaults: the proxy that the JVM is set to ({@link java.net.ProxySelector}), its
   * {@link SSLContext#getDefault() trust}, no further headers, 10 s to connect, 30 s of idling.
   */
  public static NetworkOptions defaults() {
    return DEFAULTS;
  }

  /** Returns a copy that goes through an HTTP proxy, by CONNECT if the service is on https. */
  public NetworkOptions withProxy(String host, int port) {
    return with(new Proxy(host, port, "", ""));
  }

  /**
   * Returns a copy that goes through an HTTP proxy which asks for user and password (Basic). They
   * are sent to the proxy alone, with the first request, and never to the service.
   */
  public NetworkOptions withProxy(String host, int port, String user, String password) {
    Require.that(user != null && !user.isEmpty(), "The proxy's user is blank.");
    return with(new Proxy(host, port, user, password));
  }

  private NetworkOptions with(Proxy other) {
    return new NetworkOptions(other, false, tls, headers, connectTimeout, idleTime, application);
  }

  /** Returns a copy that goes through no proxy, whatever the JVM is set to. */
  public NetworkOptions withoutProxy() {
    return new NetworkOptions(null, true, tls, headers, connectTimeout, idleTime, application);
  }

  /**
   * Returns a copy with another trust, or with a certificate of the client's own. The name in the
   * service's certificate is checked as the JVM does for https; that cannot be switched off.
   */
  public NetworkOptions withTls(SSLContext context) {
    Require.notNull("tls", context);
    return new NetworkOptions(
        proxy, isDirect, context, headers, connectTimeout, idleTime, application);
  }

  /**
   * Returns a copy with a further header for each request to the service, such as one that a
   * gateway wants. It goes to the host of the base URL only: result files may lie elsewhere. A
   * header that a request has already is left as it is; called again with the same name, the later
   * value holds.
   *
   * @throws IllegalArgumentException if the client itself decides over the header, or if name or
   *     value cannot be sent
   */
  public NetworkOptions withHeader(String name, String value) {
    HeaderRule.check(name, value);
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.keySet().removeIf(name::equalsIgnoreCase);
    more.put(name, value);
    return new NetworkOptions(
        proxy,
        isDirect,
        tls,
        Collections.unmodifiableMap(more),
        connectTimeout,
        idleTime,
        application);
  }

  /**
   * Returns a copy with another time to connect, TCP alone. Default 10 s. All addresses of a host
   * share it; the time of the attempt applies if that is shorter.
   */
  public NetworkOptions withConnectTimeout(Duration time) {
    Require.positive("connectTimeout", time);
    return new NetworkOptions(proxy, isDirect, tls, headers, time, idleTime, application);
  }

  /**
   * Returns a copy that keeps unused connections for another time. Default 30 s: common servers and
   * load balancers close after 60 s, and who is closed upon while sending cannot know what became
   * of the request. A shorter time that the server names is kept.
   */
  public NetworkOptions withIdleTime(Duration time) {
    Require.positive("idleTime", time);
    return new NetworkOptions(proxy, isDirect, tls, headers, connectTimeout, time, application);
  }

  /**
   * Returns a copy whose {@code User-Agent} names the application after this client, for example
   * {@code shop/1.4}. Default none.
   */
  public NetworkOptions withApplication(String name) {
    Require.that(
        name != null && !name.isBlank() && name.chars().allMatch(c -> c >= ' ' && c < 127),
        "The application's name must be printable ASCII, for example shop/1.4.");
    return new NetworkOptions(
        proxy, isDirect, tls, headers, connectTimeout, idleTime, name.strip());
  }

  /** Returns the proxy that was named, if one was. */
  public Optional<Proxy> proxy() {
    return Optional.ofNullable(proxy);
  }

  /** Returns whether no proxy is used, whatever the JVM is set to. */
  public boolean isDirect() {
    return isDirect;
  }

  /** Returns the trust that was given; empty for the JVM's. */
  public Optional<SSLContext> tls() {
    return Optional.ofNullable(tls);
  }

  /** Returns the further headers. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the time to connect. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns how long unused connections are kept. */
  public Duration idleTime() {
    return idleTime;
  }

  /** Returns what the {@code User-Agent} has after this client; empty if nothing. */
  public String application() {
    return application;
  }

  /** Returns the options without password and values of headers. */
  @Override
  public String toString() {
    return "NetworkOptions[proxy=%s, headers=%s, connectTimeout=%s, idleTime=%s, application=%s]"
        .formatted(
            isDirect ? "none" : proxy == null ? "of the JVM" : proxy.toString(),
            headers.keySet(),
            connectTimeout,
            idleTime,
            application);
  }
}
