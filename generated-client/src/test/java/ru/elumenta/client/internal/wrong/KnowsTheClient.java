package ru.elumenta.client.internal.wrong;

import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.options.RetryOptions;

/** Points the wrong way; ArchitectureTest must say so. */
public final class KnowsTheClient {
  private KnowsTheClient() {}

  /** An arrow from an internal class to the client. */
  public static void close(ElumentaClient client) {
    client.close();
  }

  /** An arrow that is right, but makes a circle with the wrong one of {@code KnowsInternals}. */
  static RetryOptions options() {
    return RetryOptions.defaults();
  }
}
