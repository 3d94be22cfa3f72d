package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import feign.Client;
import feign.Request;
import feign.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ModelUnavailableException;

/** A service that is down is not asked three times as often as one that is up. */
class RetryBudgetTest {
  private static final Duration OUTAGE = Duration.ofMinutes(1);
  private static final int CALLS = 1_000;

  private final SimulatedTime time = new SimulatedTime();
  private volatile Instant up = time.now().plus(OUTAGE);
  private final AtomicBoolean isDown = new AtomicBoolean(true);
  private final AtomicInteger requestsWhileDown = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger succeeded = new AtomicInteger();

  private final Client service =
      (request, options) -> {
        if (request.url().endsWith("/generate")) {
          throw new IOException("lost");
        }
        if (isDown.get() && time.now().isBefore(up)) {
          requestsWhileDown.incrementAndGet();
          return answer(request, 503, Samples.MODEL_UNAVAILABLE);
        }
        return answer(request, 200, "{\"slug\":\"dall-e-3\"}");
      };

  private static Response answer(Request request, int status, String body) {
    return Response.builder()
        .status(status)
        .request(request)
        .body(body.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private ElumentaClient client(RetryOptions retry) {
    return ElumentaClient.builder()
        .apiKey(Service.KEY)
        .transport(service)
        .timeSource(time)
        .retry(retry.withJitter(0))
        .build();
  }

  /** A thousand calls, evenly over the minute in which the service is down. */
  private void outage(ElumentaClient elumenta) throws InterruptedException {
    List<Runnable> calls =
        IntStream.range(0, CALLS)
            .<Runnable>mapToObj(
                i ->
                    () -> {
                      try {
                        time.sleep(OUTAGE.dividedBy(CALLS).multipliedBy(i));
                        elumenta.api(ModelsApi.class).getModel("dall-e-3");
                        succeeded.incrementAndGet();
                      } catch (ElumentaException e) {
                        failed.incrementAndGet();
                      } catch (InterruptedException e) {
                        throw new AssertionError(e);
                      }
                    })
            .toList();
    time.run(calls);
  }

  @Test
  void anOutageIsMetWithATenthMoreRequestsThanCallsAndNotWithThreeTimesAsMany()
      throws InterruptedException {
    try (ElumentaClient elumenta = client(RetryOptions.defaults())) {
      outage(elumenta);
    }

    assertThat(requestsWhileDown).hasValue(CALLS + 100);
    assertThat(failed.get() + succeeded.get()).isEqualTo(CALLS);
  }

  @Test
  void withoutBudgetItIsMetWithThreeTimesAsMany() throws InterruptedException {
    try (ElumentaClient elumenta = client(RetryOptions.defaults().withBudget(Integer.MAX_VALUE))) {
      outage(elumenta);
    }

    assertThat(requestsWhileDown.get()).isGreaterThan(2_900);
    assertThat(succeeded).hasValueBetween(30, 60); // began in the last three seconds
  }

  @Test
  void theFailureSaysThatTheBudgetIsUsedUp() {
    try (ElumentaClient elumenta = client(RetryOptions.defaults().withBudget(0))) {
      assertThatThrownBy(() -> elumenta.api(ModelsApi.class).getModel("dall-e-3"))
          .isInstanceOf(ModelUnavailableException.class)
          .hasMessageContaining("Not tried again: the retry budget of the client is used up.");
    }
    assertThat(requestsWhileDown).hasValue(1);
  }

  @Test
  void tenSuccessesPayForOneMoreAttempt() throws InterruptedException {
    try (ElumentaClient elumenta = client(RetryOptions.defaults().withBudget(1))) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      time.run(
          List.of(
              () -> {
                assertThatThrownBy(() -> models.getModel("x"));
                assertThat(requestsWhileDown).as("the one attempt more is spent").hasValue(2);
                isDown.set(false);
                for (int call = 0; call < 9; call++) {
                  models.getModel("x");
                }
                isDown.set(true);
                assertThatThrownBy(() -> models.getModel("x"));
                assertThat(requestsWhileDown).as("nine are not enough").hasValue(3);
                isDown.set(false);
                models.getModel("x");
                isDown.set(true);
                assertThatThrownBy(() -> models.getModel("x"));
                assertThat(requestsWhileDown).as("ten are").hasValue(5);
              }));
    }
  }

  @Test
  void lookingForLostCallsPaysForNone() throws InterruptedException {
    up = Instant.MAX;
    try (ElumentaClient elumenta = client(RetryOptions.defaults().withBudget(1))) {
      ModelsApi models = elumenta.api(ModelsApi.class);
      time.run(
          List.of(
              () -> {
                assertThatThrownBy(() -> models.getModel("x"));
                assertThat(requestsWhileDown).as("the one attempt more is spent").hasValue(2);
                isDown.set(false);
                for (int call = 0; call < 10; call++) { // four looks each, all answered
                  assertThatThrownBy(() -> elumenta.generate(Samples.image()))
                      .isInstanceOf(OutcomeUnknownException.class);
                }
                isDown.set(true);
                assertThatThrownBy(() -> models.getModel("x"));
                assertThat(requestsWhileDown).as("and it stays spent").hasValue(3);
              }));
    }
  }
}
