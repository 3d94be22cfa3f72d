package ru.elumenta.client.internal.download;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Says whether a file may be fetched from an address: over https, from a host of the public
 * internet. An answer of the service, or a redirect of its storage, must not make this machine ask
 * for something in the network that it stands in.
 *
 * <p>The JDK looks the host up once more when it connects. Its cache, 30 seconds by default, makes
 * that the same answer; with that cache turned off a host that answers differently from one moment
 * to the next could get past this check.
 */
final class FileAddress {
  private final boolean allowsThisMachine;
  private final Resolver resolver;

  /** Finds the addresses of a host. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /**
   * Creates the check.
   *
   * @param allowsThisMachine whether a literal loopback address is right, over http too: it is for
   *     a client whose service is there
   */
  FileAddress(boolean allowsThisMachine, Resolver resolver) {
    this.allowsThisMachine = allowsThisMachine;
    this.resolver = resolver;
  }

  /**
   * Checks an address.
   *
   * @param limit how long the look-up of the host may take
   * @throws UnsafeAddressException if nothing may be fetched from there
   * @throws UnknownHostException if the host is not known
   * @throws TimeoutException if that is not known in time
   */
  void check(URI address, Duration limit)
      throws UnsafeAddressException, UnknownHostException, TimeoutException, InterruptedException {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String host = address.getHost();
    refuseIf(host == null || host.isEmpty(), "it names no host");
    refuseIf(address.getRawUserInfo() != null, "it has a user name in it");
    if (allowsThisMachine && isLiteralLoopback(host)) {
      refuseIf(!scheme.equals("http") && !scheme.equals("https"), "it is no http address");
      return;
    }
    refuseIf(!scheme.equals("https"), "it is no https address");
    for (InetAddress each : lookUp(host, limit)) {
      refuseIf(!isPublic(each), "its host is not in the public internet");
    }
  }

  private static void refuseIf(boolean isUnsafe, String why) throws UnsafeAddressException {
    if (isUnsafe) {
      throw new UnsafeAddressException(why);
    }
  }

  /** On a thread of its own, because a look-up knows neither time limits nor interrupts. */
  private InetAddress[] lookUp(String host, Duration limit)
      throws UnknownHostException, TimeoutException, InterruptedException {
    FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> resolver.addressesOf(host));
    Thread thread = new Thread(lookUp, "elumenta-host-look-up");
    thread.setDaemon(true);
    thread.start();
    try {
      return lookUp.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      UnknownHostException unknown = new UnknownHostException("the host is not known");
      unknown.initCause(e.getCause());
      throw unknown;
    }
  }

  /** Literal names only: a look-up could answer differently when the request is sent. */
  static boolean isLiteralLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return bytes.length == 4 ? isPublicIpv4(bytes) : isPublicIpv6(bytes);
  }

  /** Without what RFC 6890 sets apart. */
  private static boolean isPublicIpv4(byte[] bytes) {
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    int third = bytes[2] & 0xFF;
    boolean isShared = first == 100 && (second & 0xC0) == 64;
    boolean isProtocol = first == 192 && second == 0 && third == 0;
    boolean isBenchmark = first == 198 && (second & 0xFE) == 18;
    return first != 0 && first < 240 && !isShared && !isProtocol && !isBenchmark;
  }

  /** Of the global unicast block 2000::/3 alone, without the ways to embed an IPv4 address. */
  private static boolean isPublicIpv6(byte[] bytes) {
    boolean isGlobal = (bytes[0] & 0xE0) == 0x20;
    boolean is6to4 = bytes[0] == 0x20 && bytes[1] == 0x02;
    boolean isTeredo = Arrays.equals(Arrays.copyOf(bytes, 4), new byte[] {0x20, 0x01, 0, 0});
    return isGlobal && !is6to4 && !isTeredo;
  }

  /** An address from which nothing may be fetched; the message says why, as in "it is …". */
  static final class UnsafeAddressException extends Exception {
    UnsafeAddressException(String why) {
      super(why);
    }
  }
}
