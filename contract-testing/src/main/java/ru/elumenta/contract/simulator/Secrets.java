package ru.elumenta.contract.simulator;

import java.util.regex.Pattern;

/** The credentials that the simulator gives out, which are not to be seen by those who look on. */
public final class Secrets {
  private static final Pattern GIVEN_OUT =
      Pattern.compile("\\bnb_[a-z0-9]{8,}|\\b(access|refresh)\\.[a-z0-9]{16,}");

  private Secrets() {}

  /** Returns a text without them. */
  public static String hide(String text) {
    return GIVEN_OUT.matcher(text).replaceAll("[hidden]");
  }
}
