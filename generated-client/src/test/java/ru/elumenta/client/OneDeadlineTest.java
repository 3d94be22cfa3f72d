package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.Execution;

/** A method of the client has one deadline, whatever it does before the generation is created. */
class OneDeadlineTest {
  private static final Duration LIMIT = Duration.ofSeconds(1);
  private static final Duration PRICE_TAKES = Duration.ofMillis(600);

  /** Less than two deadlines, and enough for a busy machine. */
  private static final Duration ALLOWED = Duration.ofMillis(1_550);

  /** What creates a generation. */
  enum Way {
    GENERATE(elumenta -> elumenta.generate(Samples.image())),
    SUBMIT(elumenta -> elumenta.submit(Samples.image())),
    STREAM(elumenta -> elumenta.stream(Samples.image())),
    TRANSCRIBE(elumenta -> elumenta.transcribe(SpeechFile.of("a.mp3", new byte[] {1}))),
    FALLBACK(elumenta -> elumenta.generateWithFallback(Samples.image(), List.of("flux-1.1-pro")));

    private final Consumer<ElumentaCalls> call;

    Way(Consumer<ElumentaCalls> call) {
      this.call = call;
    }
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger created = new AtomicInteger();
  private HttpServer server;
  private volatile Duration priceTakes = PRICE_TAKES;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      if (!exchange.getRequestURI().getPath().endsWith("/calculate-price")) {
        created.incrementAndGet();
        closed.await(); // creating stalls
      } else {
        closed.await(priceTakes.toMillis(), TimeUnit.MILLISECONDS);
        byte[] body = "{\"token_cost\":7,\"max_token_cost\":7}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      // The test is over.
    }
    exchange.close();
  }

  private ElumentaClientBuilder builder() {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .baseUrl("http://localhost:" + server.getAddress().getPort() + "/api/v2");
  }

  /** Whatever runs out of time says which limit was set, not what happened to be left of it. */
  private static Duration timeUntilItIsOver(Duration limit, Runnable call) {
    long begin = System.nanoTime();
    Throwable failure = catchThrowable(call::run);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    CallTimeoutException timeout =
        assertThat(failure instanceof OutcomeUnknownException ? failure.getCause() : failure)
            .asInstanceOf(InstanceOfAssertFactories.type(CallTimeoutException.class))
            .actual();
    assertThat(timeout.limit()).isEqualTo(limit);
    return took;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void thePriceIsAskedForWithinTheTimeOfTheCall(Way way) {
    try (ElumentaClient elumenta = builder().build()) {
      Duration took =
          timeUntilItIsOver(LIMIT, () -> way.call.accept(elumenta.within(LIMIT).maxCost(50)));

      assertThat(took).isBetween(LIMIT, ALLOWED);
      assertThat(created).hasValueLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void soItIsWithinThatOfTheBuilder(Way way) {
    try (ElumentaClient elumenta = builder().callTimeout(LIMIT).build()) {
      Duration took = timeUntilItIsOver(LIMIT, () -> way.call.accept(elumenta.maxCost(50)));

      assertThat(took).isBetween(LIMIT, ALLOWED);
      assertThat(created).hasValueLessThanOrEqualTo(1);
    }
  }

  @Test
  void ifThePriceTakesAllOfItNothingIsCreated() {
    priceTakes = LIMIT.multipliedBy(10);
    try (ElumentaClient elumenta = builder().build()) {
      Duration took =
          timeUntilItIsOver(
              LIMIT, () -> elumenta.within(LIMIT).maxCost(50).generate(Samples.image()));

      assertThat(took).isBetween(LIMIT, ALLOWED);
      assertThat(created).hasValue(0);
    }
  }

  @Test
  void ofTwoSecondsThePriceTakesMostAndTheFailureSaysTwoSeconds() {
    Duration limit = Duration.ofSeconds(2);
    try (ElumentaClient elumenta = builder().build()) {
      priceTakes = Duration.ZERO;
      elumenta.price(Samples.image()); // loads classes
      priceTakes = Duration.ofMillis(1_800);

      Duration took =
          timeUntilItIsOver(
              limit, () -> elumenta.within(limit).maxCost(50).generate(Samples.image()));

      assertThat(took).isBetween(limit, limit.plusMillis(100));
      assertThat(created).hasValueLessThanOrEqualTo(1);
    }
  }

  @Test
  void aJournalThatTakesItsTimeTakesItFromTheCall() {
    FakeTime time = new FakeTime();
    CallJournal slow =
        new JournalAround(CallJournal.inMemory()) {
          @Override
          public void open(OpenCall call, Duration patience) {
            time.passes(patience);
            super.open(call, patience);
          }
        };
    try (ElumentaClient elumenta = builder().timeSource(time).journal(slow).build()) {
      assertThatThrownBy(() -> elumenta.within(LIMIT).submit(Samples.image()))
          .isInstanceOfSatisfying(
              CallTimeoutException.class,
              e -> {
                assertThat(e.limit()).isEqualTo(LIMIT);
                assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
              });
      assertThat(created).hasValue(0);
      assertThat(elumenta.openCalls()).isEmpty();
    }
  }
}
