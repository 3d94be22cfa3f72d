package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.LostAnswers.CREATE;
import static ru.elumenta.client.LostAnswers.HISTORY;
import static ru.elumenta.client.LostAnswers.completed;
import static ru.elumenta.client.LostAnswers.lost;
import static ru.elumenta.client.LostAnswers.page;
import static ru.elumenta.client.Service.json;

import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.NotAuthenticatedException;

/** Credentials that fail or take their time in the midst of a call. */
class CredentialsInCallsTest {
  private final FakeTime time = new FakeTime();
  private final Service service = new Service();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void stop() {
    service.close();
  }

  private ElumentaClientBuilder client(Credentials credentials) {
    return ElumentaClient.builder()
        .baseUrl(service.url())
        .timeSource(time)
        .credentials(credentials);
  }

  private Credentials failingFromTheSecondTimeOn(RuntimeException failure) {
    return () -> {
      if (asked.getAndIncrement() > 0) {
        throw failure;
      }
      return Service.KEY;
    };
  }

  @Test
  void ifTheyFailDuringALookUpTheOutcomeIsUnknown() {
    IllegalStateException down = new IllegalStateException("the token endpoint is down");
    service.answersTo(CREATE, lost()).answersTo(HISTORY, page());

    try (ElumentaClient elumenta = client(failingFromTheSecondTimeOn(down)).build()) {
      OutcomeUnknownException e =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

      assertThat(e).hasMessageContaining("The look-up failed.");
      assertThat(e.getCause().getSuppressed()).containsExactly(down);
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void ifTheyFailAfterALostAttemptTheOutcomeIsUnknown() {
    NotAuthenticatedException expired =
        new NotAuthenticatedException(
            ErrorContext.builder("POST", "/auth/refresh")
                .execution(Execution.NOT_EXECUTED)
                .build());
    service.answersTo(CREATE, lost());

    try (ElumentaClient elumenta =
        client(failingFromTheSecondTimeOn(expired)).recovery(Recovery.RESEND).build()) {
      OutcomeUnknownException e =
          catchThrowableOfType(
              OutcomeUnknownException.class, () -> elumenta.generate(Samples.image()));

      assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(e.context().attempts()).isEqualTo(1);
      assertThat(e.getCause().getSuppressed()).contains(expired);
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void whatTheirOwnPoliciesThrowIsNotTakenForAnInterrupt() {
    CircuitBreaker<Object> open = CircuitBreaker.ofDefaults();
    open.open();

    try (ElumentaClient elumenta = client(() -> Failsafe.with(open).get(() -> "x")).build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(CircuitBreakerOpenException.class);
    }
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(service.requests()).isEmpty();
  }

  @Test
  void oneThatRenewsIsToldOfA401OncePerCall() {
    List<String> refused = new ArrayList<>();
    Credentials renewing =
        new Credentials() {
          @Override
          public String bearerToken() {
            return "token-" + asked.incrementAndGet();
          }

          @Override
          public boolean refused(String token) {
            return refused.add(token);
          }
        };
    service.answersTo(CREATE, json(401, ""), completed(1), json(401, ""));

    try (ElumentaClient elumenta = client(renewing).build()) {
      elumenta.generate(Samples.image());
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(NotAuthenticatedException.class);
    }
    assertThat(refused).containsExactly("token-1", "token-3");
    assertThat(service.posts()).isEqualTo(4);
    assertThat(time.sleeps()).isEmpty();
  }

  @Test
  void oneThatFailsWhenToldDoesNotHideThe401() {
    IllegalStateException down = new IllegalStateException("the token endpoint is down");
    Credentials failing =
        new Credentials() {
          @Override
          public String bearerToken() {
            return Service.KEY;
          }

          @Override
          public boolean refused(String token) {
            throw down;
          }
        };
    service.answersTo(CREATE, json(401, ""));

    try (ElumentaClient elumenta = client(failing).build()) {
      assertThatThrownBy(() -> elumenta.generate(Samples.image()))
          .isInstanceOf(NotAuthenticatedException.class)
          .hasSuppressedException(down);
    }
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void theTimeTheyTakeIsPartOfTheCall() {
    Credentials slow =
        () -> {
          time.passes(Duration.ofSeconds(2));
          return Service.KEY;
        };
    service.answersTo(CREATE, completed(1));

    try (ElumentaClient elumenta = client(slow).callTimeout(Duration.ofSeconds(2)).build()) {
      CallTimeoutException e =
          catchThrowableOfType(
              CallTimeoutException.class, () -> elumenta.generate(Samples.image()));

      assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
    assertThat(service.requests()).isEmpty();
  }
}
