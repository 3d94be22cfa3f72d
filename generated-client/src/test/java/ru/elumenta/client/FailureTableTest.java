package ru.elumenta.client;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static ru.elumenta.client.Service.json;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationStatus;
import ru.elumenta.error.BadRequestException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ConflictException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.FieldError;
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
import ru.elumenta.error.model.ErrorCode;

/** One test per row of the failure table: type, extras, execution, message, requests. */
class FailureTableTest {
  private final FakeTime time = new FakeTime();
  private Service service;
  private ElumentaClient elumenta;

  @BeforeEach
  void start() {
    service = new Service();
    elumenta = service.client(time).build();
  }

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  /** The cause of an open outcome. */
  private <E extends ElumentaException> E generateIsOpen(
      Class<E> type, ResponseDefinitionBuilder answer) {
    return type.cast(generateFails(OutcomeUnknownException.class, answer).getCause());
  }

  private <E extends ElumentaException> E generateFails(
      Class<E> type, ResponseDefinitionBuilder answer) {
    service.answers(answer);
    return catchThrowableOfType(type, () -> elumenta.generate(Samples.image()));
  }

  private static String error(String code, String message) {
    return "{\"error\":\"%s\",\"message\":\"%s\",\"details\":{}}".formatted(code, message);
  }

  @Test
  void badRequest() {
    BadRequestException e =
        generateFails(BadRequestException.class, json(400, error("bad_request", "No model")));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().code()).contains(ErrorCode.BAD_REQUEST);
    assertThat(e)
        .hasMessageStartingWith("POST /generate was answered with 400 bad_request: No model.")
        .hasMessageContaining("nothing was charged")
        .hasMessageContaining("[1 attempt");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void notAuthenticated() {
    NotAuthenticatedException e =
        generateFails(
            NotAuthenticatedException.class,
            json(401, error("not_authenticated", "Not authenticated")));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("Check that the API key");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void tokenExpired() {
    TokenExpiredException e =
        generateFails(
            TokenExpiredException.class, json(401, error("token_expired", "Token has expired")));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("With an API key: the key is wrong");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void insufficientTokens() {
    InsufficientTokensException e =
        generateFails(
            InsufficientTokensException.class,
            json(
                402,
                """
                {"error":"insufficient_tokens",
                 "message":"Insufficient token balance. Required: 8, Available: 3",
                 "details":{"required":8,"available":3}}\
                """));

    assertThat(e.required()).isEqualTo(OptionalLong.of(8));
    assertThat(e.available()).isEqualTo(OptionalLong.of(3));
    assertThat(e.shortfall()).isEqualTo(OptionalLong.of(5));
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("Top up 5 tokens at https://elumenta.ru/web/billing");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void insufficientPlan() {
    InsufficientPlanException e =
        generateFails(
            InsufficientPlanException.class,
            json(403, error("insufficient_plan", "Requires the Basic plan")));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("Requires the Basic plan").hasMessageContaining("upgrade");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void notFound() {
    NotFoundException e =
        generateFails(NotFoundException.class, json(404, error("not_found", "No such model")));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("Check the id or slug");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void conflict() {
    ConflictException e =
        generateFails(ConflictException.class, json(409, "{\"message\":\"Already registered\"}"));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().code()).isEmpty();
    assertThat(e).hasMessageContaining("409: Already registered");
    assertThat(service.posts()).isEqualTo(1);
    assertThat(service.requests()).as("a refusal is not looked up").hasSize(1);
  }

  @Test
  void validation() {
    ValidationException e =
        generateFails(
            ValidationException.class,
            json(
                422,
                """
                {"error":"validation_error","message":"Request validation failed",
                 "details":{"fields":[{"field":"size","message":"Value '512x512' is not valid"},
                                      {"field":"format","message":"Unknown"}]}}\
                """));

    assertThat(e.fields())
        .containsExactly(
            new FieldError("size", "Value '512x512' is not valid"),
            new FieldError("format", "Unknown"));
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("Correct size: Value '512x512' is not valid");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void rateLimitThatOutlastsTheCall() {
    RateLimitException e = generateFails(RateLimitException.class, json(429, Samples.RATE_LIMITED));

    assertThat(e.retryAfter()).contains(Duration.ofSeconds(847));
    assertThat(e.retryAt()).contains(FakeTime.START.plusSeconds(847));
    assertThat(e.limitHour()).isEqualTo(OptionalLong.of(100));
    assertThat(e.limitDay()).isEqualTo(OptionalLong.of(1000));
    assertThat(e.plan()).isEmpty();
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e)
        .hasMessageContaining("Call again in 847 s, at 2026-03-08T12:14:07Z")
        .hasMessageContaining("would exceed the deadline");
    assertThat(time.sleeps()).as("a wait that does not fit is not begun").isEmpty();
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void providerErrorIsTriedThreeTimes() {
    ProviderException e = generateFails(ProviderException.class, json(500, Samples.PROVIDER_ERROR));

    assertThat(e.provider()).contains("openai");
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().attempts()).isEqualTo(3);
    assertThat(e.getSuppressed()).as("earlier failures are kept").hasSize(2);
    assertThat(e)
        .hasMessageContaining("as often as allowed, 3 times")
        .hasMessageContaining("openai");
    assertThat(service.posts()).isEqualTo(3);
  }

  @Test
  void modelUnavailableIsTriedThreeTimes() {
    ModelUnavailableException e =
        generateFails(ModelUnavailableException.class, json(503, Samples.MODEL_UNAVAILABLE));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e)
        .hasMessageContaining("use another model")
        .hasMessageContaining("[3 attempts in 3 s]");
    assertThat(service.posts()).isEqualTo(3);
  }

  @Test
  void unexpectedResponseToARead() {
    service.answers(aResponse().withStatus(418).withBody("<h1>teapot</h1>"));

    UnexpectedResponseException e =
        catchThrowableOfType(
            UnexpectedResponseException.class,
            () -> elumenta.api(ModelsApi.class).getModel("dall-e-3"));

    assertThat(e.context().status()).hasValue(418);
    assertThat(e.context().rawBody()).contains("<h1>teapot</h1>");
    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e).hasMessageContaining("GET /models/{slug} was answered with 418");
    assertThat(service.requests()).hasSize(1);
  }

  @Test
  void brokenConnectionOfARead() {
    service.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    TransportException e =
        catchThrowableOfType(
            TransportException.class, () -> elumenta.api(ModelsApi.class).getModel("dall-e-3"));

    assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(e.context().attempts()).isEqualTo(3);
    assertThat(e)
        .hasMessageContaining("GET /models/{slug} got no whole response")
        .hasMessageContaining("A read costs nothing");
  }

  @Test
  void serverThatIsNotThere() {
    service.close();

    TransportException e =
        catchThrowableOfType(TransportException.class, () -> elumenta.generate(Samples.image()));

    assertThat(e.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(e.context().attempts()).isEqualTo(3);
    assertThat(e).hasMessageContaining("nothing was charged").hasMessageContaining("safe to try");
  }

  @Test
  void timeOutOfARead() {
    service.answers(aResponse().withFixedDelay(30_000));

    CallTimeoutException e;
    try (ElumentaClient hasty =
        service.client(time).attemptTimeout(Duration.ofMillis(400)).build()) {
      e =
          catchThrowableOfType(
              CallTimeoutException.class, () -> hasty.api(ModelsApi.class).getModel("dall-e-3"));
    }

    assertThat(e.limit()).isEqualTo(Duration.ofMillis(400));
    assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(e.context().attempts()).isEqualTo(3);
    assertThat(e).hasMessageContaining("no whole response within 0.40 s");
  }

  @Test
  void successThatIsNotJson() {
    ResponseFormatException e =
        generateIsOpen(ResponseFormatException.class, aResponse().withBody("{\"id\":18491,\"sta"));

    assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(e.context().status()).hasValue(200);
    assertThat(e.context().rawBody()).contains("{\"id\":18491,\"sta");
    assertThat(e)
        .hasMessageContaining("answered with 200, but the body is not JSON, or is cut off");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void successWithoutABody() {
    ResponseFormatException e =
        generateIsOpen(ResponseFormatException.class, aResponse().withStatus(200));

    assertThat(e).hasMessageContaining("but the body is empty");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void failedGeneration() {
    GenerationFailedException e =
        generateFails(
            GenerationFailedException.class,
            json(200, Samples.failed("Provider error: content policy violation")));

    assertThat(e.reason()).isEqualTo(FailureReason.CONTENT_POLICY);
    assertThat(e.generation().getId()).isEqualTo(GenerationId.of(18503));
    assertThat(e.execution()).isEqualTo(Execution.EXECUTED);
    assertThat(e)
        .hasMessageContaining("CONTENT_POLICY")
        .hasMessageContaining("Tokens charged: 0")
        .hasMessageContaining("Change the prompt");
    assertThat(service.posts()).isEqualTo(1);
  }

  @Test
  void generationThatIsPendingAtTheLimit() {
    WaitTimeoutException e =
        generateFails(WaitTimeoutException.class, json(200, Samples.VIDEO_PENDING));

    assertThat(e.generationId()).isEqualTo(GenerationId.of(18502));
    assertThat(e.lastStatus()).contains(GenerationStatus.PENDING);
    assertThat(e)
        .hasMessageContaining("goes on running")
        .hasMessageContaining("attach(GenerationId.of(\"18502\"))");
    assertThat(service.posts()).as("never created twice").isEqualTo(1);
    assertThat(time.slept())
        .as("the limit for videos, which the answer shows it is")
        .isBetween(Duration.ofSeconds(890), Duration.ofSeconds(900));
  }

  @Test
  void outcomeOfAPaidRequestThatGotLost() {
    OutcomeUnknownException e =
        generateFails(
            OutcomeUnknownException.class, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    assertThat(e.execution()).isEqualTo(Execution.UNKNOWN);
    assertThat(e).hasCauseInstanceOf(TransportException.class);
    assertThat(e)
        .hasMessageContaining("sent by 2026-03-08T12:00:00Z")
        .hasMessageContaining("may have been executed and charged")
        .hasMessageContaining("GET /user/history");
    assertThat(service.posts()).isEqualTo(1);
  }
}
