package ru.elumenta.error;

import java.util.Set;
import java.util.regex.Pattern;

/** Which calls cost no tokens, whatever becomes of them, so that no message speaks of paying. */
final class FreeOfCharge {
  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** Deleting and changing what is there, in every version of the documentation. */
  private static final Set<String> FREE_METHODS = Set.of("DELETE", "PATCH", "PUT");

  /** Of the documented POSTs all but creating generations and transcriptions. */
  private static final Pattern FREE_PATHS =
      Pattern.compile(
          "(?:^|/)(?:calculate-price|auth/[^/]+|keys|payments/.+|assistants"
              + "|user/history/[^/]+/(?:favorite|rate))$");

  private FreeOfCharge() {}

  /** Whether it reads and changes nothing, as asking for a price does. */
  static boolean isRead(ErrorContext context) {
    return READS.contains(context.method()) || context.path().endsWith("/calculate-price");
  }

  static boolean is(ErrorContext context) {
    return isRead(context)
        || FREE_METHODS.contains(context.method())
        || FREE_PATHS.matcher(context.path()).find();
  }
}
