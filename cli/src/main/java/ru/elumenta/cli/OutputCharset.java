package ru.elumenta.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/**
 * In which charset output is written: UTF-8, whatever that of the platform is, as programs read it.
 * But a console of Windows shows its own code page, and there people read.
 */
final class OutputCharset {
  private OutputCharset() {}

  /**
   * Returns that of a stream.
   *
   * @param stream {@code stdout} or {@code stderr}
   * @param isTerminal whether it is one
   * @param system the JVM's properties
   */
  static Charset of(String stream, boolean isTerminal, Properties system) {
    if (!isTerminal || !isWindows(system)) {
      return StandardCharsets.UTF_8;
    }
    String old = system.getProperty("sun." + stream + ".encoding", ""); // before Java 19
    String name = system.getProperty(stream + ".encoding", old);
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) { // none, or one that is not known
      return StandardCharsets.UTF_8;
    }
  }

  static boolean isWindows(Properties system) {
    return system.getProperty("os.name", "").startsWith("Windows");
  }
}
