package ru.elumenta.client.internal.transport;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import ru.elumenta.client.options.NetworkOptions.Proxy;

/**
 * Whom a connection leads to, and how. Two requests may use one connection if these are equal.
 *
 * @param isTls whether it is encrypted
 * @param host in lower case; an IPv6 address without brackets
 * @param way how to get there
 */
record Route(boolean isTls, String host, int port, Way way) {
  /**
   * The way that the settings of a client name.
   *
   * @param proxy the proxy to use; empty for what the JVM is set to, or none
   * @param isDirect whether the JVM's setting does not matter
   * @param tls the trust; empty for the JVM's
   */
  record Way(Optional<Proxy> proxy, boolean isDirect, Optional<SSLContext> tls) {
    @Override
    public boolean equals(Object object) {
      return object instanceof Way other
          && isDirect == other.isDirect
          && proxy.equals(other.proxy)
          && tls.equals(other.tls);
    }

    @Override
    public int hashCode() {
      return 31 * proxy.hashCode() + tls.hashCode();
    }
  }

  /**
   * Written out, as is that of the way: a record's own is made when it is first used, at a start.
   */
  @Override
  public boolean equals(Object object) {
    return object instanceof Route other
        && isTls == other.isTls
        && port == other.port
        && host.equals(other.host)
        && way.equals(other.way);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * host.hashCode() + port) + way.hashCode();
  }

  @Override
  public String toString() {
    return place(host, port);
  }

  static String place(String host, int port) {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
