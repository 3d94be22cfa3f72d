package ru.elumenta.client.internal.wrong;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.failsafe.Failsafe;
import java.net.http.HttpClient;
import org.apache.hc.core5.http.HttpHost;
import org.slf4j.LoggerFactory;

/** Knows what belongs into a package of its own each; ArchitectureTest must say so. */
final class KnowsLibraries {
  private KnowsLibraries() {}

  static Class<?> failsafe() {
    return Failsafe.class;
  }

  static Class<?> httpCore() {
    return HttpHost.class;
  }

  static Class<?> clientOfTheJdk() {
    return HttpClient.class;
  }

  static Class<?> jackson() {
    return JsonMapper.class;
  }

  static Class<?> slf4j() {
    return LoggerFactory.class;
  }
}
