package ru.elumenta.client.internal.net;

/** What a machine of one's own is: the only one that may do without TLS. */
public final class ThisMachine {
  private ThisMachine() {}

  /** Returns whether a host is this machine by its name alone, without a look-up. */
  public static boolean is(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
