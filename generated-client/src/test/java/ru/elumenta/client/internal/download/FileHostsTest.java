package ru.elumenta.client.internal.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.internal.download.AddressRule.RefusedAddress;
import ru.elumenta.client.options.TimeSource;

/** Names are looked up before anything is sent to them. */
class FileHostsTest {
  private static final URI FILE = URI.create("https://storage.elumenta.ru/generations/1.webp");

  private static InetAddress[] addresses(String... addresses) throws UnknownHostException {
    InetAddress[] all = new InetAddress[addresses.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = InetAddress.getByName(addresses[i]);
    }
    return all;
  }

  private static void ask(FileHosts hosts, Duration patience) throws Exception {
    hosts.ask(FILE, Map.of(), () -> patience);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void oneAddressInsideIsEnoughToRefuseAHost(boolean isLoopbackAllowed) {
    for (String inside : List.of("10.0.0.1", "127.0.0.1", "::1", "fd00::1", "169.254.169.254")) {
      FileHosts hosts =
          new FileHosts(
              isLoopbackAllowed,
              TimeSource.system(),
              host -> addresses("93.184.215.14", "2606:4700::1", inside));
      assertThatThrownBy(() -> ask(hosts, Duration.ofSeconds(5)))
          .isInstanceOf(RefusedAddress.class)
          .hasMessageContaining("storage.elumenta.ru is at");
      hosts.close();
    }
  }

  private static FileHosts silent(CountDownLatch asked, CountDownLatch end) {
    return new FileHosts(
        false,
        TimeSource.system(),
        host -> {
          asked.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return addresses("93.184.215.14");
        });
  }

  @Test
  void aLookUpThatNeverEndsIsLeft() {
    CountDownLatch end = new CountDownLatch(1);
    FileHosts hosts = silent(new CountDownLatch(1), end);
    assertThatThrownBy(() -> ask(hosts, Duration.ofMillis(100)))
        .isInstanceOf(TimeoutException.class);
    end.countDown();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLookUpEndsWithTheClientAndOnAnInterrupt(boolean byClient) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FileHosts hosts = silent(asked, end);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                ask(hosts, Duration.ofSeconds(10));
              } catch (Throwable e) {
                failure.complete(e);
              }
            });
    thread.start();
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    long begin = System.nanoTime();
    if (byClient) {
      hosts.close();
    } else {
      thread.interrupt();
    }
    assertThat(failure.get(10, TimeUnit.SECONDS))
        .isInstanceOf(byClient ? CancellationException.class : InterruptedException.class);
    assertThat(System.nanoTime() - begin).isLessThan(500_000_000L);
    end.countDown();
  }
}
