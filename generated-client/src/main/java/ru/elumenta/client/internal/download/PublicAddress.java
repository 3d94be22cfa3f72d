package ru.elumenta.client.internal.download;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses belong to the public internet. */
final class PublicAddress {
  private PublicAddress() {}

  /**
   * Returns whether an address is none of this machine, of a private network, or of a special
   * purpose (the registries of RFC 6890). An IPv6 address that stands for one of IPv4 is as public
   * as that.
   */
  static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
  }

  private static boolean isPublic4(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    int third = bytes[2] & 0xff;
    boolean isSpecial =
        first == 0 // this network
            || (first == 100 && second >= 64 && second < 128) // carrier-grade NAT
            || (first == 192 && second == 0 && (third == 0 || third == 2)) // protocols, samples
            || (first == 198 && (second == 18 || second == 19)) // benchmarks
            || (first == 198 && second == 51 && third == 100) // samples
            || (first == 203 && second == 0 && third == 113) // samples
            || first >= 240; // reserved, broadcast
    return !isSpecial;
  }

  private static boolean isPublic6(byte[] bytes) {
    int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
    int second = (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    if (first == 0x2002) { // 6to4
      return isPublicInside(bytes, 2);
    }
    if (first == 0x64 && second == 0xff9b) { // NAT64
      return isZero(bytes, 4, 12) && isPublicInside(bytes, 12);
    }
    boolean isGlobal = (first & 0xe000) == 0x2000; // all that is given out so far
    boolean isSpecial =
        (first == 0x2001 && second < 0x200) // Teredo and other protocols
            || (first == 0x2001 && second == 0xdb8) // samples
            || first == 0x3fff; // samples
    return isGlobal && !isSpecial;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPublicInside(byte[] bytes, int at) {
    try {
      return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes are an address.", e);
    }
  }
}
