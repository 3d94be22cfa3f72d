package ru.elumenta.redis;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import ru.elumenta.client.internal.transport.TestAuthority;

/**
 * A key and its certificates as files that a Redis and Lettuce read.
 *
 * @param key its PKCS8 form as PEM
 * @param certificates its own certificate first, then that of the authority
 */
record TlsFiles(Path key, Path certificates) {
  /** Writes them beside the file of a {@link TestAuthority} that has them. */
  static TlsFiles of(Path keys) throws Exception {
    String alias = keys.getFileName().toString().replace(".p12", "");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, TestAuthority.PASSWORD.toCharArray());
    }
    byte[] key = store.getKey(alias, TestAuthority.PASSWORD.toCharArray()).getEncoded();
    StringBuilder certificates = new StringBuilder();
    for (Certificate each : store.getCertificateChain(alias)) {
      certificates.append(pem("CERTIFICATE", each.getEncoded()));
    }
    return new TlsFiles(
        Files.writeString(keys.resolveSibling(alias + ".key"), pem("PRIVATE KEY", key)),
        Files.writeString(keys.resolveSibling(alias + ".chain"), certificates));
  }

  private static String pem(String kind, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, lines, kind);
  }
}
