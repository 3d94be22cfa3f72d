package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import ru.elumenta.client.options.NetworkOptions.Proxy;

/** Why there is no connection, in a sentence that names host and port and says what to do. */
final class ConnectionFailure extends IOException {
  /** Alerts that a server sends when it is not content with its client (RFC 8446, 6.2). */
  private static final Pattern OF_CERTIFICATE =
      Pattern.compile(
          "(?:\\(\\w+\\) )?" // from Java 23 on
              + "Received fatal alert: (?:certificate_required|(?:bad|unsupported)_certificate"
              + "|certificate_(?:revoked|expired|unknown)|unknown_ca)");

  private final boolean isBarred;

  private ConnectionFailure(String sentence, Throwable cause) {
    this(sentence, false, cause);
  }

  private ConnectionFailure(String sentence, boolean isBarred, Throwable cause) {
    super(sentence, cause);
    this.isBarred = isBarred;
  }

  /**
   * Returns whether a proxy wants another user and password. Who asks again with the same ones may
   * get the account locked.
   */
  boolean isBarred() {
    return isBarred;
  }

  static ConnectionFailure unknownHost(String host, String place, IOException cause) {
    return new ConnectionFailure(
        "%s: the host %s is not known; check its name, and this machine's DNS"
            .formatted(place, host),
        cause);
  }

  /** A TCP connection was not made; the failure is null if there was no time for any. */
  static ConnectionFailure noConnection(String place, Duration timeout, IOException failure) {
    String sentence;
    if (failure instanceof SocketTimeoutException || failure == null) {
      sentence =
          "%s: no connection within %s; a firewall may be in the way, or a proxy be needed"
              .formatted(place, shown(timeout));
    } else if (failure instanceof NoRouteToHostException || isUnreachable(failure)) {
      sentence =
          "%s: cannot be reached from here; check the network, its routes, and whether a proxy is"
              + " needed";
      sentence = sentence.formatted(place);
    } else if (failure instanceof ConnectException) {
      sentence =
          "%s: the connection was refused; check host and port, and that the server runs"
              .formatted(place);
    } else {
      sentence = "%s: no connection (%s)".formatted(place, described(failure));
    }
    return new ConnectionFailure(sentence, failure);
  }

  private static boolean isUnreachable(IOException failure) {
    return failure.getMessage() != null
        && failure.getMessage().toLowerCase(Locale.ROOT).contains("unreachable");
  }

  private static String shown(Duration time) {
    return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
  }

  static ConnectionFailure noTunnel(Proxy proxy, String to, Exception cause) {
    return new ConnectionFailure(
        "the proxy %s: it did not open the way to %s (%s); check that this is an HTTP proxy"
            .formatted(proxy, to, described(cause)),
        cause);
  }

  static ConnectionFailure refusedTunnel(Proxy proxy, String to, int status) {
    String sentence = "the proxy %s refused the way to %s with %d".formatted(proxy, to, status);
    if (status == 407) {
      sentence +=
          proxy.user().isEmpty()
              ? ": it wants a user and a password; give them with"
                  + " NetworkOptions.withProxy(host, port, user, password)"
              : ": it does not accept the user and the password that NetworkOptions has; correct"
                  + " them";
    } else {
      sentence += ": ask who runs the proxy whether this host and port are allowed";
    }
    return new ConnectionFailure(sentence, status == 407, null);
  }

  static ConnectionFailure noTrust(GeneralSecurityException cause) {
    return new ConnectionFailure(
        "the trust of this JVM cannot be read (%s); check javax.net.ssl.trustStore"
            .formatted(described(cause)),
        cause);
  }

  /** The TLS handshake failed. */
  static ConnectionFailure noTls(Route route, IOException failure) {
    return new ConnectionFailure(route + ": " + problemOfTls(route, failure), failure);
  }

  /**
   * With TLS 1.3 a client is through with its half of the handshake, and sends, before the server
   * has looked at the client's certificate. If the server then refuses that, it has read nothing.
   *
   * @return empty if it was something else that failed
   */
  static Optional<IOException> lateRefusal(Route route, IOException failure) {
    String said = failure instanceof SSLException ? failure.getMessage() : null;
    if (said == null || !OF_CERTIFICATE.matcher(said).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new ConnectionFailure(
            "%s: it wants a certificate of the client that it trusts (%s); give one with"
                    .formatted(route, said)
                + " NetworkOptions.withTls(…)",
            failure));
  }

  private static String problemOfTls(Route route, IOException failure) {
    if (has(failure, CertificateExpiredException.class)
        || has(failure, CertificateNotYetValidException.class)) {
      return "its certificate is not valid at this time (%s); check this machine's clock"
          .formatted(described(root(failure)));
    }
    if (has(failure, CertPathValidatorException.class) || isUntrusted(failure)) {
      return "its certificate is not trusted; if that is meant, give the authority's certificate"
          + " with NetworkOptions.withTls(…), or to the JVM with javax.net.ssl.trustStore";
    }
    if (has(failure, CertificateException.class)) {
      return "its certificate is for another name than %s; check the name, and who answers there"
          .formatted(route.host());
    }
    boolean isOther =
        root(failure) instanceof SSLException && !(failure instanceof SSLHandshakeException);
    return isOther
        ? "it does not speak TLS (%s); check scheme and port".formatted(described(failure))
        : "the TLS handshake ended early (%s); check port, what is between here and there, and"
            + " whether the server wants a certificate of the client".formatted(described(failure));
  }

  /** What the JDK throws here is not public. */
  private static boolean isUntrusted(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next.getClass().getName().startsWith("sun.security.validator.")
          || next.getClass().getName().startsWith("sun.security.provider.certpath.")) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (type.isInstance(next)) {
        return true;
      }
    }
    return false;
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  /** Says in a few words what broke. */
  static String described(Throwable failure) {
    Throwable root = root(failure);
    String kind = root.getClass().getSimpleName();
    return root.getMessage() == null ? kind : root.getMessage() + ", " + kind;
  }
}
