package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static ru.elumenta.client.internal.transport.Streams.client;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.Service;
import ru.elumenta.client.error.DownloadFailedException;
import ru.elumenta.client.error.DownloadFailedException.Reason;

/** Where a download goes, and where no answer and no redirect can lead it. */
class DownloadAddressesTest {
  private static final StoredFile FILE = StoredFile.of(3_000);
  private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

  private static String redirect(int status, String location) {
    return "HTTP/1.1 %d Moved\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"
        .formatted(status, location);
  }

  private static void assertRefused(ElumentaClient elumenta, String url) {
    assertThatThrownBy(() -> elumenta.download(url).to(NOWHERE))
        .isInstanceOfSatisfying(
            DownloadFailedException.class,
            refusal -> {
              assertThat(refusal.reason()).isEqualTo(Reason.ADDRESS_REFUSED);
              assertThat(refusal.isTransient()).isFalse();
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsFollowed(int status) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (RawServer storage = RawServer.script(FILE.host());
        RawServer server = RawServer.answering(redirect(status, FILE.url(storage) + "?a=b"));
        ElumentaClient elumenta = client(server).build()) {
      elumenta.download(FILE.url(server)).to(out);

      assertThat(out.toByteArray()).isEqualTo(FILE.bytes());
      assertThat(storage.received().get(0).line())
          .isEqualTo("GET /generations/18491.webp?a=b HTTP/1.1");
      assertThat(storage.received().get(0).headers().toString()).doesNotContain(Service.KEY);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void fiveRedirectsAreFollowed(int redirects) throws Exception {
    try (RawServer server =
            RawServer.script(
                conn -> {
                  for (int i = 0; i < redirects; i++) {
                    conn.readRequest();
                    conn.write(redirect(302, "/hop" + i));
                  }
                  conn.readRequest();
                  conn.write(FILE.whole());
                });
        ElumentaClient elumenta = client(server).build()) {
      if (redirects == 5) {
        assertThat(elumenta.download(FILE.url(server)).to(NOWHERE).bytes()).isEqualTo(3_000);
      } else {
        assertRefused(elumenta, FILE.url(server));
      }
      assertThat(server.requests()).isEqualTo(6);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.1.2.3/a",
        "https://10.1.2.3/a",
        "https://192.168.0.1/a",
        "https://172.16.0.1/a",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/a",
        "https://0.0.0.0/a",
        "https://224.0.0.1/a",
        "https://2130706433/a",
        "https://[::]/a",
        "https://[fe80::1]/a",
        "https://[fd00::1]/a",
        "https://[::ffff:10.0.0.1]/a",
        "https://user:pass@storage.elumenta.ru/a",
        "http://storage.elumenta.ru/a",
        "file:///etc/passwd",
        "jar:file:///a.jar!/b",
        "ftp://storage.elumenta.ru/a",
        "https:///a",
        "//",
        "https://storage.elumenta.ru:99999999/a b"
      })
  void noRedirectLeadsElsewhere(String location) throws Exception {
    try (RawServer server = RawServer.answering(redirect(302, location));
        ElumentaClient elumenta = client(server).build()) {
      assertRefused(elumenta, FILE.url(server));
      assertThat(server.requests()).isEqualTo(1);

      assertRefused(elumenta, location);
      assertThat(server.requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
  void aClientOfTheServiceAsksNothingOfThisMachine(String host) throws Exception {
    try (RawServer server = RawServer.script(FILE.host());
        ElumentaClient elumenta = ElumentaClient.builder().apiKey(Service.KEY).build()) {
      assertRefused(elumenta, "http://" + host + ":" + server.port() + "/a");
      assertRefused(elumenta, "https://" + host + ":" + server.port() + "/a");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void aRedirectWithoutAnAddressIsAStatusLikeAnyOther() throws Exception {
    try (RawServer server = RawServer.answering("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n");
        ElumentaClient elumenta = client(server).build()) {
      assertThatThrownBy(() -> elumenta.download(FILE.url(server)).to(NOWHERE))
          .isInstanceOfSatisfying(
              DownloadFailedException.class,
              failure -> assertThat(failure.reason()).isEqualTo(Reason.STATUS));
      assertThat(server.requests()).isEqualTo(1);
    }
  }
}
