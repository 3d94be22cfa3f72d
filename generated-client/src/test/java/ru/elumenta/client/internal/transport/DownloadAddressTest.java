package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.internal.transport.FileHost.client;
import static ru.elumenta.client.internal.transport.FileHost.file;
import static ru.elumenta.client.internal.transport.FileHost.image;
import static ru.elumenta.client.internal.transport.FileHost.imageAt;
import static ru.elumenta.client.internal.transport.FileHost.redirecting;
import static ru.elumenta.client.internal.transport.FileHost.serving;
import static ru.elumenta.client.internal.transport.FileHost.url;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.DownloadException;
import ru.elumenta.client.DownloadException.Reason;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.Service;

/** Whoever names an address cannot make this machine ask in the network that it stands in. */
class DownloadAddressTest {
  private static final byte[] FILE = file(1000);

  @TempDir Path directory;

  @Test
  void redirectsAreFollowedWithoutTheKey() throws Exception {
    try (RawServer other = RawServer.script(serving(FILE));
        RawServer host = RawServer.script(redirecting("/elsewhere"), redirecting(url(other)));
        ElumentaClient elumenta = client(host).build()) {
      Path target = directory.resolve("image.webp");
      elumenta.download(image(host)).to(target);

      assertThat(Files.readAllBytes(target)).isEqualTo(FILE);
      assertThat(host.requests()).isEqualTo(2);
      assertThat(other.requests()).isEqualTo(1);
      assertThat(other.received().toString()).doesNotContain(Service.KEY);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://192.168.1.1/x",
        "https://172.16.0.1/x",
        "https://100.64.0.1/x",
        "https://0.0.0.0/x",
        "https://224.0.0.1/x",
        "https://[fd00::1]/x",
        "https://[fe80::1]/x",
        "https://[::ffff:10.0.0.1]/x",
        "https://[2002:0a00:0001::]/x",
        "http://8.8.8.8/x",
        "ftp://8.8.8.8/x",
        "file:///etc/passwd",
        "https://user:password@8.8.8.8/x"
      })
  void aRedirectToWhatIsNotPublicIsNotFollowed(String location) throws Exception {
    try (RawServer host = RawServer.script(redirecting(location));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class,
              () -> elumenta.download(image(host)).to(directory.resolve("x")));

      assertThat(e.reason()).isEqualTo(Reason.UNSAFE_ADDRESS);
      assertThat(e.toString()).doesNotContain("password@");
      assertThat(host.requests()).isEqualTo(1);
      assertThat(directory).isEmptyDirectory();
    }
  }

  @Test
  void aClientOfTheRealServiceFetchesNothingFromThisMachine() throws Exception {
    try (RawServer host = RawServer.script(serving(FILE));
        ElumentaClient elumenta = client(host).baseUrl("https://elumenta.ru/api/v2").build()) {
      for (String scheme : new String[] {"http", "https"}) {
        for (String name : new String[] {"127.0.0.1", "localhost", "[::1]"}) {
          String address = "%s://%s:%d/x".formatted(scheme, name, host.port());
          DownloadException e =
              catchThrowableOfType(
                  DownloadException.class,
                  () -> elumenta.download(imageAt(address)).to(directory.resolve("x")));

          assertThat(e.reason()).as(address).isEqualTo(Reason.UNSAFE_ADDRESS);
        }
      }
      assertThat(host.connections()).isZero();
    }
  }

  @Test
  void redirectsInACircleEnd() throws Exception {
    try (RawServer host = RawServer.script(redirecting("/again"));
        ElumentaClient elumenta = client(host).build()) {
      DownloadException e =
          catchThrowableOfType(
              DownloadException.class,
              () -> elumenta.download(image(host)).to(directory.resolve("x")));

      assertThat(e.reason()).isEqualTo(Reason.UNSAFE_ADDRESS);
      assertThat(host.requests()).isEqualTo(6);
    }
  }
}
