package ru.elumenta.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority made for a test, and a server's certificate that it has signed. */
final class TestAuthority {
  private static final String PASSWORD = "for-tests";

  private final Path folder;

  TestAuthority(Path folder) throws Exception {
    this.folder = folder;
    make("ca", "CN=authority of a test", "bc:c");
  }

  private void make(String name, String subject, String extension) throws Exception {
    keytool(
        name,
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        "EC",
        "-dname",
        subject,
        "-ext",
        extension,
        "-validity",
        "2");
  }

  private void keytool(String store, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD, "-noprompt"));
    command.addAll(List.of("-keystore", file(store + ".p12")));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.log")));
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** What a server for localhost shows: its own certificate and that of the authority. */
  SSLContext server() throws Exception {
    make("server", "CN=localhost", "san=dns:localhost");
    keytool("server", "-certreq", "-alias", "server", "-file", file("server.csr"));
    keytool(
        "ca",
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        file("server.csr"),
        "-outfile",
        file("server.crt"),
        "-ext",
        "san=dns:localhost",
        "-validity",
        "2");
    keytool("ca", "-exportcert", "-alias", "ca", "-file", file("ca.crt"));
    keytool("server", "-importcert", "-alias", "ca", "-file", file("ca.crt"));
    keytool("server", "-importcert", "-alias", "server", "-file", file("server.crt"));
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  /** The trust of a client that knows the authority and nobody else. */
  SSLContext trust() throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("ca", store("ca").getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
