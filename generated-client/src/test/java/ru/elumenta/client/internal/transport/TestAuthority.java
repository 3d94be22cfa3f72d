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
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority made for a test, and the certificates that it has signed. */
public final class TestAuthority {
  /** Of all its stores, and of the keys in them. */
  public static final String PASSWORD = "for-tests";

  private final Path folder;

  /** Makes one whose files are in a folder that has none of another. */
  public TestAuthority(Path folder) throws Exception {
    this.folder = folder;
    make("ca", "CN=authority of a test", "bc:c");
    keytool("ca", "-exportcert", "-rfc", "-alias", "ca", "-file", file("ca.crt"));
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

  /** Returns its own certificate as a PEM file. */
  public Path certificate() {
    return folder.resolve("ca.crt");
  }

  /**
   * What a server for localhost shows, its own certificate and that of the authority, and whom it
   * knows: whoever has a certificate of the authority. To be called once.
   */
  public SSLContext server() throws Exception {
    serverKeys();
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trustInItself(), null);
    return context;
  }

  /** Makes the same for another program, and returns the PKCS12 file; to be called once. */
  public Path serverKeys() throws Exception {
    signed("server", "CN=localhost", "san=dns:localhost");
    return folder.resolve("server.p12");
  }

  /** Makes a client's key and certificate, and returns the PKCS12 file that has them. */
  public Path client(String name) throws Exception {
    signed(name, "CN=" + name, "eku=clientAuth");
    return folder.resolve(name + ".p12");
  }

  private void signed(String name, String subject, String extension) throws Exception {
    make(name, subject, extension);
    String request = file(name + ".csr");
    String certificate = file(name + ".crt");
    keytool(name, "-certreq", "-alias", name, "-file", request);
    keytool(
        "ca",
        "-gencert",
        "-alias",
        "ca",
        "-infile",
        request,
        "-outfile",
        certificate,
        "-ext",
        extension,
        "-validity",
        "2");
    keytool(name, "-importcert", "-alias", "ca", "-file", file("ca.crt"));
    keytool(name, "-importcert", "-alias", name, "-file", certificate);
  }

  /** The trust of a client that knows the authority and nobody else. */
  public SSLContext trust() throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trustInItself(), null);
    return context;
  }

  private TrustManager[] trustInItself() throws Exception {
    KeyStore known = KeyStore.getInstance("PKCS12");
    known.load(null, null);
    known.setCertificateEntry("ca", store("ca").getCertificate("ca"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(known);
    return trust.getTrustManagers();
  }

  private KeyStore store(String name) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }
}
