package ru.elumenta.client.options;

import feign.Client;
import ru.elumenta.client.internal.wrong.KnowsTheClient;

/** Points the wrong way; ArchitectureTest must say so. */
final class KnowsInternals {
  private KnowsInternals() {}

  static Class<?> arrow() {
    return KnowsTheClient.class;
  }

  static Class<?> feign() {
    return Client.class;
  }
}
