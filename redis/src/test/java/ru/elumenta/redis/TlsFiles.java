package ru.elumenta.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A key and its own certificate, made for a test, as files that a Redis and a client read. */
final class TlsFiles {
  private static final String PASSWORD = "for-tests";

  private final Path folder;
  private final String name;

  private TlsFiles(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  /**
   * Makes them.
   *
   * @param subject the host whose certificate it is, for example {@code dns:localhost}
   */
  static TlsFiles make(Path folder, String name, String subject) throws Exception {
    TlsFiles files = new TlsFiles(folder, name);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", "own", "-keyalg", "EC", "-validity", "2"));
    command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=" + subject));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-noprompt"));
    command.addAll(List.of("-keystore", files.file("p12").toString()));
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (keytool.waitFor() != 0) {
      throw new IOException(Files.readString(log));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(files.file("p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
    Files.writeString(files.file("key"), pem("PRIVATE KEY", key));
    byte[] certificate = store.getCertificate("own").getEncoded();
    Files.writeString(files.file("crt"), pem("CERTIFICATE", certificate));
    return files;
  }

  private static String pem(String kind, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
  }

  private Path file(String kind) {
    return folder.resolve(name + "." + kind);
  }

  Path key() {
    return file("key");
  }

  Path certificate() {
    return file("crt");
  }
}
