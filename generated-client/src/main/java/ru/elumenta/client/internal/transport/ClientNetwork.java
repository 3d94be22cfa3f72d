package ru.elumenta.client.internal.transport;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.HttpRequest;
import ru.elumenta.client.options.NetworkOptions;

/**
 * What the network options of a client come to for each of its requests. Immutable.
 *
 * <p>Further headers go to the service alone: hosts of result files may be anybody's.
 */
public final class ClientNetwork {
  private final Route.Way way;
  private final Map<String, String> headers;
  private final String serviceHost;
  private final int servicePort;
  private final ConnectSettings connecting;
  private final long idleNanos;

  /**
   * Creates it.
   *
   * @param baseUrl where the service is, checked
   */
  public ClientNetwork(NetworkOptions options, String baseUrl) {
    URI uri = URI.create(baseUrl);
    boolean isTls = "https".equalsIgnoreCase(uri.getScheme());
    this.way = new Route.Way(options.proxy(), options.isDirect(), options.tls());
    this.headers = options.headers();
    String host = uri.getHost() == null ? "" : uri.getHost();
    this.serviceHost =
        (host.startsWith("[") ? host.substring(1, host.length() - 1) : host)
            .toLowerCase(Locale.ROOT);
    this.servicePort = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
    this.connecting =
        new ConnectSettings(options.connectTimeout(), UserAgent.of(options.application()));
    this.idleNanos = options.idleTime().toNanos();
  }

  static ClientNetwork defaults() {
    return new ClientNetwork(NetworkOptions.defaults(), "/");
  }

  Route.Way way() {
    return way;
  }

  ConnectSettings connecting() {
    return connecting;
  }

  long idleNanos() {
    return idleNanos;
  }

  void addHeadersTo(HttpRequest message, String host, int port) {
    if (!message.containsHeader("User-Agent")) {
      message.addHeader("User-Agent", connecting.userAgent());
    }
    if (!headers.isEmpty() && port == servicePort && host.equalsIgnoreCase(serviceHost)) {
      headers.forEach(
          (name, value) -> {
            if (!message.containsHeader(name)) {
              message.addHeader(name, value);
            }
          });
    }
  }
}
