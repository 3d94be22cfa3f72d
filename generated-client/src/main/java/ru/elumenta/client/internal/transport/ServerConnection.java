package ru.elumenta.client.internal.transport;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;

/**
 * A connection to a server, perhaps through a proxy. Used by one thread at a time, but for {@link
 * #drop()}.
 *
 * <p>It is on a channel, because blocking in a channel's socket can be interrupted and ended.
 */
final class ServerConnection extends DefaultBHttpClientConnection {
  private static final Http1Config LIMITS =
      Http1Config.custom().setMaxHeaderCount(1000).setMaxLineLength(64 << 10).build();

  private final Route route;
  private final SocketChannel channel;
  private final String proxyAuthorization; // null unless requests themselves go to the proxy
  private final boolean isThroughPlainProxy;
  private long keptSince;
  private long keptUntil;

  /**
   * Creates it on a socket that is connected.
   *
   * @param socket the channel's own, or one with TLS over it
   * @param isThroughPlainProxy whether requests are read by a proxy
   * @param proxyAuthorization what the proxy wants to see in each of them, or null
   */
  ServerConnection(
      Route route,
      SocketChannel channel,
      Socket socket,
      boolean isThroughPlainProxy,
      String proxyAuthorization)
      throws IOException {
    super(LIMITS, null, null, null, null, null, ServerConnection::wholeHeads);
    this.route = route;
    this.channel = channel;
    this.isThroughPlainProxy = isThroughPlainProxy;
    this.proxyAuthorization = proxyAuthorization;
    bind(socket);
  }

  Route route() {
    return route;
  }

  boolean isThroughPlainProxy() {
    return isThroughPlainProxy;
  }

  String proxyAuthorization() {
    return proxyAuthorization;
  }

  /** Takes note that it is kept for other requests. */
  void kept(long since, long until) {
    keptSince = since;
    keptUntil = until;
  }

  long keptSince() {
    return keptSince;
  }

  long keptUntil() {
    return keptUntil;
  }

  /**
   * Returns whether the server has neither closed it nor said anything unasked. Costs no waiting:
   * the stock check waits a millisecond, and is not made for the first two seconds.
   */
  @Override
  public boolean isStale() {
    try {
      channel.configureBlocking(false);
      int read = channel.read(ByteBuffer.allocate(1));
      channel.configureBlocking(true);
      return read != 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Breaks it off: what was written and has not left yet does not leave any more. */
  void drop() {
    drop(channel);
  }

  static void drop(SocketChannel channel) {
    try {
      channel.socket().setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed or about to be.
    }
    closed(channel);
  }

  /** Ends it in good order. */
  void end() {
    try {
      channel.socket().setSoLinger(false, 0);
    } catch (IOException e) {
      // It is closed.
    }
    closed(channel);
  }

  private static void closed(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  /** The stock parser takes a head that is cut off for a whole one. */
  private static HttpMessageParser<ClassicHttpResponse> wholeHeads(Http1Config limits) {
    HttpMessageParser<ClassicHttpResponse> stock = new DefaultHttpResponseParser(limits);
    return (buffer, in) -> stock.parse(buffer, new Unended(in));
  }

  private static final class Unended extends FilterInputStream {
    Unended(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      if (count < 0) {
        throw new EOFException("the server closed the connection before a whole answer");
      }
      return count;
    }
  }
}
