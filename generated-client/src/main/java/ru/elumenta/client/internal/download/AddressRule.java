package ru.elumenta.client.internal.download;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ru.elumenta.client.internal.net.ThisMachine;

/**
 * From where files are fetched: from public addresses, over TLS. The address of a file comes from
 * outside, in an answer or a redirect, and must not lead into the network that the application runs
 * in.
 *
 * @param isLoopbackAllowed whether this machine may be asked too, over http as well: the service
 *     itself is on it, as in tests
 */
record AddressRule(boolean isLoopbackAllowed) {

  /**
   * Reads an address.
   *
   * @throws RefusedAddress if it is none
   */
  static URI parsed(String address) throws RefusedAddress {
    try {
      return new URI(new URI(address.strip()).toASCIIString());
    } catch (URISyntaxException e) {
      throw new RefusedAddress("the address is no URL");
    }
  }

  /**
   * Checks what can be checked without a look-up.
   *
   * @param before the address that led there by a redirect, or null
   */
  void check(URI uri, URI before) throws RefusedAddress {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null) {
      throw new RefusedAddress("the address names no host");
    }
    if (uri.getRawUserInfo() != null) {
      throw new RefusedAddress("the address holds a user name");
    }
    if (scheme.equals("http") && before != null && before.getScheme().equalsIgnoreCase("https")) {
      throw new RefusedAddress("the redirect leads from https to http");
    }
    boolean isHttpAllowed = isLoopbackAllowed && ThisMachine.is(uri.getHost());
    if (!scheme.equals("https") && !(scheme.equals("http") && isHttpAllowed)) {
      throw new RefusedAddress("the address does not begin with https://");
    }
  }

  /** Returns whether the addresses of its host need not be looked at. */
  boolean isExempt(URI uri) {
    return isLoopbackAllowed && ThisMachine.is(uri.getHost());
  }

  /** Checks that every address of a host is public. */
  static void check(String host, List<InetAddress> addresses) throws RefusedAddress {
    Optional<InetAddress> inside =
        addresses.stream().filter(address -> !PublicAddress.isPublic(address)).findFirst();
    if (inside.isPresent()) {
      throw new RefusedAddress(
          "%s is at %s, which is no public address".formatted(host, inside.get().getHostAddress()));
    }
  }

  /** An address that nothing is fetched from. */
  static final class RefusedAddress extends Exception {
    RefusedAddress(String problem) {
      super(problem, null, false, false);
    }
  }
}
