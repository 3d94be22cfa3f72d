package ru.elumenta.client.internal.wrong;

import ru.elumenta.client.ElumentaClient;

/** Points the wrong way; ArchitectureTest must say so. */
public final class KnowsTheClient {
  private KnowsTheClient() {}

  /** An arrow from an internal class to the client. */
  public static void close(ElumentaClient client) {
    client.close();
  }
}
