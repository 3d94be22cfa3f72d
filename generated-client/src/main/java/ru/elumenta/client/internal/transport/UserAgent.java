package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** How the client names itself: {@code elumenta-java/1.0 (java/17.0.15) shop/1.4}. */
final class UserAgent {
  private static final String OF_CLIENT =
      "elumenta-java/%s (java/%s)".formatted(version(), System.getProperty("java.version"));

  private UserAgent() {}

  /** Returns it with the application's name, if that is not empty. */
  static String of(String application) {
    return application.isEmpty() ? OF_CLIENT : OF_CLIENT + " " + application;
  }

  /** From a file that the build writes: a manifest is not seen on the module path. */
  private static String version() {
    try (InputStream in = UserAgent.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
