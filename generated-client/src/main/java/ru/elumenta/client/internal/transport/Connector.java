package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import ru.elumenta.client.options.NetworkOptions.Proxy;

/**
 * Makes connections: name, TCP, the way through a proxy, TLS, in this order. Nothing of a request
 * is written here, so that whatever fails, nothing was sent. Thread-safe.
 */
final class Connector {
  private final HostNames names;

  Connector(HostNames names) {
    this.names = names;
  }

  /**
   * Makes a connection.
   *
   * @throws ConnectionFailure if it cannot be made
   * @throws IOException of any kind if the call is ended or interrupted
   */
  ServerConnection connect(Route route, HttpCall call, ConnectSettings settings)
      throws IOException, InterruptedException {
    Optional<Proxy> proxy = proxy(route);
    SocketChannel channel =
        proxy.isPresent()
            ? connected(proxy.get().host(), proxy.get().port(), "the proxy ", call, settings)
            : connected(route.host(), route.port(), "", call, settings);
    try {
      channel.socket().setTcpNoDelay(true);
      Socket socket = channel.socket();
      if (route.isTls()) {
        if (proxy.isPresent()) {
          openTunnel(route, channel, proxy.get(), settings);
        }
        socket = encrypted(route, channel);
      }
      boolean isPlainProxy = proxy.isPresent() && !route.isTls();
      return new ServerConnection(
          route, channel, socket, isPlainProxy, isPlainProxy ? authorization(proxy.get()) : null);
    } catch (IOException | RuntimeException e) {
      ServerConnection.drop(channel);
      throw e;
    }
  }

  private SocketChannel connected(
      String host, int port, String role, HttpCall call, ConnectSettings settings)
      throws IOException, InterruptedException {
    String place = role + Route.place(host, port);
    InetAddress[] addresses;
    try {
      addresses = names.addresses(host, call);
    } catch (IOException e) {
      throw ConnectionFailure.unknownHost(host, place, e);
    }
    long end = System.nanoTime() + settings.timeout().toNanos();
    IOException failure = null;
    for (int i = 0; i < addresses.length && !call.isEnded(); i++) {
      int millis = millis(end, call.deadline(), addresses.length - i);
      SocketChannel channel = SocketChannel.open();
      call.blocksIn(() -> ServerConnection.drop(channel));
      try {
        channel.socket().connect(new InetSocketAddress(addresses[i], port), millis);
        return channel;
      } catch (IOException e) {
        ServerConnection.drop(channel);
        if (call.isEnded() || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        // What an address answers says more than that another did not answer.
        failure = failure == null || failure instanceof SocketTimeoutException ? e : failure;
      }
    }
    throw ConnectionFailure.noConnection(place, settings.timeout(), failure);
  }

  /**
   * An address may be dead, and must take neither the time of those after it nor that of the
   * request. The last one has all that is left: the call itself ends at its deadline.
   */
  private static int millis(long end, long deadline, int addresses) {
    long now = System.nanoTime();
    long left = addresses == 1 ? end - now : Math.min(end - now, deadline - now) / addresses;
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(left));
  }

  private static void openTunnel(
      Route route, SocketChannel channel, Proxy proxy, ConnectSettings settings)
      throws IOException {
    String authority = route.toString();
    ServerConnection toProxy = new ServerConnection(route, channel, channel.socket(), true, null);
    ClassicHttpRequest connect = new BasicClassicHttpRequest("CONNECT", (HttpHost) null, authority);
    connect.addHeader("Host", authority);
    connect.addHeader("User-Agent", settings.userAgent());
    String authorization = authorization(proxy);
    if (authorization != null) {
      connect.addHeader("Proxy-Authorization", authorization);
    }
    int status;
    try {
      toProxy.sendRequestHeader(connect);
      toProxy.flush();
      ClassicHttpResponse answer = toProxy.receiveResponseHeader();
      while (answer.getCode() < 200) {
        answer = toProxy.receiveResponseHeader();
      }
      status = answer.getCode();
    } catch (HttpException | IOException e) {
      throw ConnectionFailure.noTunnel(proxy, authority, e);
    }
    if (status > 299) {
      throw ConnectionFailure.refusedTunnel(proxy, authority, status);
    }
  }

  private static SSLSocket encrypted(Route route, SocketChannel channel) throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trust(route)
                .getSocketFactory()
                .createSocket(channel.socket(), route.host(), route.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    try {
      socket.startHandshake();
    } catch (IOException e) {
      throw ConnectionFailure.noTls(route, e);
    }
    return socket;
  }

  private static SSLContext trust(Route route) throws ConnectionFailure {
    if (route.way().tls().isPresent()) {
      return route.way().tls().get();
    }
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw ConnectionFailure.noTrust(e);
    }
  }

  private static String authorization(Proxy proxy) {
    if (proxy.user().isEmpty()) {
      return null;
    }
    String credentials = proxy.user() + ":" + proxy.password();
    return "Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<Proxy> proxy(Route route) {
    if (route.way().proxy().isPresent() || route.way().isDirect()) {
      return route.way().proxy();
    }
    ProxySelector selector = ProxySelector.getDefault();
    if (selector == null) {
      return Optional.empty();
    }
    List<java.net.Proxy> proxies;
    try {
      String scheme = route.isTls() ? "https" : "http";
      proxies = selector.select(new URI(scheme, null, route.host(), route.port(), "/", null, null));
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
    if (proxies.isEmpty() || proxies.get(0).type() != java.net.Proxy.Type.HTTP) {
      return Optional.empty();
    }
    InetSocketAddress address = (InetSocketAddress) proxies.get(0).address();
    return Optional.of(new Proxy(address.getHostString(), address.getPort(), "", ""));
  }
}
