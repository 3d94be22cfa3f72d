package ru.elumenta.client.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.internal.download.FileAddress.UnsafeAddressException;

class FileAddressTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final URI FILE = URI.create("https://storage.elumenta.ru/generations/1.mp4");

  private static FileAddress whoseHostIs(String... addresses) {
    return new FileAddress(
        false,
        host -> {
          InetAddress[] found = new InetAddress[addresses.length];
          for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses[i]);
          }
          return found;
        });
  }

  @Test
  void aPublicHostIsAskedWhateverItsFamily() {
    assertThatCode(() -> whoseHostIs("93.184.216.34", "2606:2800::1").check(FILE, LONG))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.1.2.3", "127.0.0.1", "169.254.169.254", "::1", "fc00::1"})
  void aHostOfWhichOneAddressIsPrivateIsNotAsked(String address) {
    assertThatThrownBy(() -> whoseHostIs("93.184.216.34", address).check(FILE, LONG))
        .isInstanceOf(UnsafeAddressException.class)
        .hasMessage("its host is not in the public internet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "127.9.9.9",
        "169.254.1.1",
        "172.31.0.1",
        "192.0.0.8",
        "192.168.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2001::1",
        "2002:a00:1::",
        "fe80::1",
        "fec0::1",
        "fd12::1",
        "ff02::1"
      })
  void notPublic(String address) throws Exception {
    assertThat(FileAddress.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "223.255.255.255",
        "2001:4860::8888",
        "2a00:1450::1"
      })
  void isPublic(String address) throws Exception {
    assertThat(FileAddress.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void aHostThatIsNotKnownIsSaid() {
    FileAddress addresses =
        new FileAddress(
            false,
            host -> {
              throw new UnknownHostException(host);
            });
    assertThatThrownBy(() -> addresses.check(FILE, LONG))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("the host is not known");
  }

  @Test
  void aLookUpThatTakesTooLongIsNotWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    FileAddress addresses =
        new FileAddress(
            false,
            host -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return new InetAddress[0];
            });
    assertThatThrownBy(() -> addresses.check(FILE, Duration.ofMillis(50)))
        .isInstanceOf(TimeoutException.class);
    never.countDown();
  }
}
