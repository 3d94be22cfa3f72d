package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.internal.transport.TestProxy;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/** An application that spring-boot-devtools starts again, each time with a paid call under way. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DevtoolsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void whatIsStartedAgainHasANewClientAndNothingOfTheOldOne() throws Exception {
    try (ElumentaSimulator service = ElumentaSimulator.start();
        TestProxy proxy = new TestProxy(null);
        DevelopedApplication shop = new DevelopedApplication(folder)) {
      service.always().to("createGeneration").fail(Fault.stall());
      shop.compile(1);
      shop.start(
          "elumenta.api-key=" + service.apiKey(),
          "elumenta.base-url=" + service.baseUrl(),
          "elumenta.journal.file=" + folder.resolve("calls.journal"),
          "elumenta.network.proxy.host=127.0.0.1",
          "elumenta.network.proxy.port=" + proxy.port());
      assertThat(shop.awaitLine("Version 1: "))
          .isEqualTo("0 open calls, 1 timed calls, 1 gauge, 1 registry, in RestartClassLoader");
      awaitPaidCalls(service, 1);
      List<String> threads = shop.threads();
      assertThat(threads).isNotEmpty();
      long connections = proxy.connections();
      assertThat(connections).isPositive();

      for (int version = 2; version <= 3; version++) {
        shop.compile(version);

        // The journal's file is free, and has the calls that the restarts have ended.
        assertThat(shop.awaitLine("Version " + version + ": "))
            .isEqualTo(
                (version - 1)
                    + " open calls, 1 timed calls, 1 gauge, 1 registry, in RestartClassLoader");
        awaitPaidCalls(service, version);
        await(shop::threads, now -> now.size() <= threads.size());
        await(proxy::connections, now -> now <= connections);
        await(shop::loaders, now -> now == 1);
      }
      assertThat(service.requests("createGeneration")).isEqualTo(3); // none was sent again
    }
  }

  private static void awaitPaidCalls(ElumentaSimulator service, int calls) throws Exception {
    await(() -> service.requests("createGeneration"), sent -> sent == calls);
  }

  private static <T> void await(Callable<T> state, Predicate<T> wanted) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (T now = state.call(); !wanted.test(now); now = state.call()) {
      assertThat(System.nanoTime()).as("%s", now).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
