package ru.elumenta.client.internal.transport;

import feign.Request;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.net.URIAuthority;

/** Makes the message that is sent of a request of Feign's, and refuses what cannot be sent. */
final class RequestMessage {
  /** Decided here or by the connection, whatever the request says. */
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "transfer-encoding",
          "upgrade");

  private final ClassicHttpRequest message;
  private final Route route;

  private RequestMessage(ClassicHttpRequest message, Route route) {
    this.message = message;
    this.route = route;
  }

  Route route() {
    return route;
  }

  ClassicHttpRequest message() {
    return message;
  }

  /**
   * Makes it.
   *
   * @param upload what is sent in place of the request's body, or null
   * @throws IllegalArgumentException if it cannot be sent; the message shows nothing of it
   */
  static RequestMessage of(Request request, UploadEntity upload, ClientNetwork network) {
    URI uri = uri(request.url());
    boolean isTls = "https".equalsIgnoreCase(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : isTls ? 443 : 80;
    String bare = uri.getHost();
    String host = bare.startsWith("[") ? bare.substring(1, bare.length() - 1) : bare;
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    ClassicHttpRequest message =
        new BasicClassicHttpRequest(
            request.httpMethod().name(),
            isTls ? "https" : "http",
            new URIAuthority(bare, uri.getPort()),
            uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    message.addHeader("Host", uri.getPort() < 0 ? bare : bare + ":" + uri.getPort());
    addHeaders(message, request.headers());
    network.addHeadersTo(message, host, port);
    addBody(message, request, upload);
    return new RequestMessage(
        message, new Route(isTls, host.toLowerCase(Locale.ROOT), port, network.way()));
  }

  private static URI uri(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("is no URI");
    }
    boolean isHttp =
        "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
    if (!isHttp || uri.getHost() == null || uri.getRawUserInfo() != null || !isAscii(url)) {
      throw new IllegalArgumentException("is no address of a server");
    }
    return uri;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 126) {
        return false;
      }
    }
    return true;
  }

  private static void addHeaders(
      ClassicHttpRequest message, Map<String, Collection<String>> headers) {
    for (Map.Entry<String, Collection<String>> header : headers.entrySet()) {
      String name = header.getKey();
      if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
        for (String value : header.getValue()) {
          message.addHeader(checkedName(name), checkedValue(value));
        }
      }
    }
  }

  private static String checkedName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c >= 127 || c == ':') {
        throw new IllegalArgumentException("has a name that cannot be sent");
      }
    }
    return name;
  }

  /** A line end in a value would be a header, or a request, of somebody else's. */
  private static String checkedValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' && c != '\t' || c == 127 || c > 255) {
        throw new IllegalArgumentException("has a value that cannot be sent");
      }
    }
    return value;
  }

  private static void addBody(ClassicHttpRequest message, Request request, UploadEntity upload) {
    byte[] bytes = request.body();
    HttpEntity entity = upload;
    if (entity == null && bytes != null && bytes.length > 0) {
      entity = new ByteArrayEntity(bytes, null);
    }
    if (entity != null) {
      message.setEntity(entity);
      message.addHeader("Content-Length", Long.toString(entity.getContentLength()));
    } else if (request.httpMethod().isWithBody()) {
      message.addHeader("Content-Length", "0");
    }
  }

  /** Completes it for a connection. */
  void goThrough(ServerConnection connection) {
    if (connection.isThroughPlainProxy()) {
      ((BasicClassicHttpRequest) message).setAbsoluteRequestUri(true);
      if (connection.proxyAuthorization() != null) {
        message.addHeader("Proxy-Authorization", connection.proxyAuthorization());
      }
    }
  }
}
