package ru.elumenta.client.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.call.RetryDecision.GiveUp;
import ru.elumenta.client.internal.call.RetryDecision.Retry;
import ru.elumenta.client.internal.call.RetryDecision.Situation;
import ru.elumenta.client.internal.call.RetryDecision.WhenUnknown;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.error.BadRequestException;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.CircuitOpenException;
import ru.elumenta.error.ConflictException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.InsufficientPlanException;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.ModelUnavailableException;
import ru.elumenta.error.NotAuthenticatedException;
import ru.elumenta.error.NotFoundException;
import ru.elumenta.error.ProviderException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.TokenExpiredException;
import ru.elumenta.error.TransportException;
import ru.elumenta.error.UnexpectedResponseException;
import ru.elumenta.error.ValidationException;

/**
 * The table in docs/retrying.md is what the decision decides, for every failure an attempt can
 * have.
 */
class RetryTableTest {
  private static final Duration MUCH_TIME = Duration.ofMinutes(30);
  private static final Situation PLENTY = new Situation(1, MUCH_TIME, true, false);
  private static final Situation LATE = new Situation(1, Duration.ofMillis(900), true, false);
  private static final Situation WITHOUT_BUDGET = new Situation(1, MUCH_TIME, false, false);
  private static final Situation WITH_ALTERNATIVE = new Situation(1, MUCH_TIME, true, true);

  private static ErrorContext context(int status, Execution execution, String retryAfter) {
    return ErrorContext.builder("POST", "/generate")
        .status(status)
        .execution(execution)
        .headers(retryAfter == null ? Map.of() : Map.of("Retry-After", List.of(retryAfter)))
        .occurredAt(Instant.parse("2026-03-08T12:00:00Z"))
        .build();
  }

  private static ErrorContext refused(int status) {
    return context(status, Execution.NOT_EXECUTED, null);
  }

  private static ErrorContext open(int status) {
    return context(status, Execution.UNKNOWN, null);
  }

  private static Map<String, ElumentaException> failures() {
    Map<String, ElumentaException> rows = new LinkedHashMap<>();
    rows.put("400", new BadRequestException(refused(400)));
    rows.put("401 `not_authenticated`", new NotAuthenticatedException(refused(401)));
    rows.put("401 `token_expired`", new TokenExpiredException(refused(401)));
    rows.put("402", new InsufficientTokensException(refused(402)));
    rows.put("403", new InsufficientPlanException(refused(403)));
    rows.put("404", new NotFoundException(refused(404)));
    rows.put("409", new ConflictException(refused(409)));
    rows.put("422", new ValidationException(refused(422)));
    rows.put("429 that names no wait", new RateLimitException(refused(429)));
    rows.put(
        "429 that asks for 847 s",
        new RateLimitException(context(429, Execution.NOT_EXECUTED, "847")));
    rows.put("500 `provider_error`", new ProviderException(refused(500)));
    rows.put("503 `model_unavailable`", new ModelUnavailableException(refused(503)));
    rows.put(
        "503 `model_unavailable` that asks for 20 s",
        new ModelUnavailableException(context(503, Execution.NOT_EXECUTED, "20")));
    rows.put("any other 5xx", new UnexpectedResponseException(open(502)));
    rows.put(
        "any other 5xx that asks for 20 s",
        new UnexpectedResponseException(context(502, Execution.UNKNOWN, "20")));
    rows.put("any other 3xx or 4xx", new UnexpectedResponseException(open(418)));
    rows.put("no connection", new TransportException(refused(0), "refused", null));
    rows.put("connection lost", new TransportException(open(0), "reset", null));
    rows.put(
        "no time-out left before sending", new CallTimeoutException(refused(0), MUCH_TIME, null));
    rows.put("no whole response in time", new CallTimeoutException(open(0), MUCH_TIME, null));
    rows.put("2xx that cannot be read", new ResponseFormatException(open(200), "is cut off"));
    rows.put("interrupted or closed", new CallInterruptedException(open(0), "in flight", null));
    rows.put("circuit breaker open", new CircuitOpenException(refused(0), "dall-e-3"));
    return rows;
  }

  private static String cell(ElumentaException failure, WhenUnknown whenUnknown, Situation now) {
    RetryDecision decision =
        RetryDecision.decide(failure, whenUnknown, now, RetryOptions.defaults(), 0);
    if (decision instanceof Retry retry) {
      return "again after %d s".formatted(retry.delay().toSeconds());
    }
    if (decision instanceof GiveUp giveUp) {
      return switch (giveUp.reason()) {
        case NOT_TRANSIENT -> "no";
        case OUTCOME_UNKNOWN -> "**no**, outcome unknown";
        case ATTEMPTS_EXHAUSTED -> "no, tried enough";
        case WAIT_EXCEEDS_DEADLINE -> "no, no time";
        case BUDGET_EMPTY -> "no, budget used up";
        case ANOTHER_MODEL -> "no, asks the other model";
        case NOT_REPEATABLE -> throw new AssertionError("is not decided here");
      };
    }
    return "**look it up**";
  }

  private static String table() {
    StringBuilder table = new StringBuilder();
    table.append(
        "| after | idempotent | creating a generation | any other | with 0.9 s left | without"
            + " budget | creating, with another model |\n");
    table.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    failures()
        .forEach(
            (name, failure) ->
                table.append(
                    "| %s | %s | %s | %s | %s | %s | %s |%n"
                        .formatted(
                            name,
                            cell(failure, WhenUnknown.REPEAT, PLENTY),
                            cell(failure, WhenUnknown.LOOK_UP, PLENTY),
                            cell(failure, WhenUnknown.STOP, PLENTY),
                            cell(failure, WhenUnknown.STOP, LATE),
                            cell(failure, WhenUnknown.STOP, WITHOUT_BUDGET),
                            cell(failure, WhenUnknown.LOOK_UP, WITH_ALTERNATIVE))));
    return table.toString();
  }

  @Test
  void theTableInTheDocumentationIsWhatIsDecided() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "retrying.md"));

    assertThat(page).as("docs/retrying.md, whose table is to be").contains(table());
  }

  @Test
  void everyFailureThatAnAttemptCanHaveIsInTheTable() throws IOException {
    Set<String> inTheTable =
        failures().values().stream()
            .map(failure -> failure.getClass().getSimpleName())
            .collect(Collectors.toSet());

    try (Stream<Path> files =
        Files.list(Path.of("..", "error-model/src/main/java/ru/elumenta/error"))) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString().replace(".java", ""))
                  .filter(name -> name.endsWith("Exception"))
                  .filter(name -> !name.equals("ElumentaException"))
                  .filter(name -> !name.equals("OutcomeUnknownException"))) // made of the others
          .containsExactlyInAnyOrderElementsOf(inTheTable);
    }
  }
}
