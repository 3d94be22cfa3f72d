package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.NotFoundException;

/** Calls, as meters and spans tell them. */
class CallStoriesTest {
  private final Watched watched = new Watched();
  private final ElumentaClient elumenta = watched.client().build();

  @AfterEach
  void nothingIsLeft() {
    elumenta.close();
    watched.close();
  }

  private static GenerationRequest asked(String model) {
    return new GenerationRequest().model(model).prompt("A lighthouse");
  }

  @Test
  void aCallThatSucceeds() {
    elumenta.generate(asked("dall-e-3"));
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content dall-e-3
              · elumenta.attempts=1
              · elumenta.model=dall-e-3
              · elumenta.operation=createGeneration
              · elumenta.outcome=success
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=dall-e-3
              · gen_ai.response.id
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, dall-e-3, createGeneration, success} 1
            elumenta.charged.tokens {dall-e-3} 5
            elumenta.generations {dall-e-3, completed} 1
            gen_ai.client.operation.duration {generate_content, elumenta, dall-e-3} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aCallThatSucceedsAtTheSecondAttempt() {
    watched.service.next().fail(Fault.modelUnavailable());

    elumenta.generate(asked("gpt-5-nano"));
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content gpt-5-nano
              · elumenta.attempts=2
              · elumenta.model=gpt-5-nano
              · elumenta.operation=createGeneration
              · elumenta.outcome=success
              · elumenta.waited_ms
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              · gen_ai.response.id
              POST /generate !ModelUnavailableException
                · elumenta.operation=createGeneration
                · error.type=model_unavailable
                · http.request.method=POST
                · http.response.status_code=503
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.request.resend_count=1
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {2, gpt-5-nano, createGeneration, success} 1
            elumenta.charged.tokens {gpt-5-nano} 1
            elumenta.generations {gpt-5-nano, completed} 1
            elumenta.retries {gpt-5-nano, createGeneration, model_unavailable} 1
            gen_ai.client.operation.duration {generate_content, elumenta, gpt-5-nano} 1
            http.client.request.duration {createGeneration, ModelUnavailableException, model_unavailable, POST, 503, 127.0.0.1, /generate} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aCallThatWaitsAsThe429Says() {
    watched.service.next().fail(Fault.rateLimited(Duration.ofSeconds(5)));

    elumenta.generate(asked("gpt-5-nano"));
    assertThat(watched.tag("elumenta.waited_ms")).isEqualTo("5000");
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content gpt-5-nano
              · elumenta.attempts=2
              · elumenta.model=gpt-5-nano
              · elumenta.operation=createGeneration
              · elumenta.outcome=success
              · elumenta.waited_ms
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              · gen_ai.response.id
              POST /generate !RateLimitException
                · elumenta.operation=createGeneration
                · error.type=rate_limit_exceeded
                · http.request.method=POST
                · http.response.status_code=429
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.request.resend_count=1
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {2, gpt-5-nano, createGeneration, success} 1
            elumenta.charged.tokens {gpt-5-nano} 1
            elumenta.generations {gpt-5-nano, completed} 1
            elumenta.retries {other, createGeneration, rate_limit_exceeded} 1
            gen_ai.client.operation.duration {generate_content, elumenta, gpt-5-nano} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            http.client.request.duration {createGeneration, RateLimitException, rate_limit_exceeded, POST, 429, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aCallWhoseAnswerIsLostAndFoundAgain() {
    watched.service.next().fail(Fault.resetAfterProcessing());

    elumenta.generate(asked("gpt-5-nano"));
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content gpt-5-nano
              · elumenta.attempts=1
              · elumenta.model=gpt-5-nano
              · elumenta.operation=createGeneration
              · elumenta.outcome=recovered
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              · gen_ai.response.id
              POST /generate !TransportException
                · elumenta.operation=createGeneration
                · error.type=TransportException
                · http.request.method=POST
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
              lookup
                · elumenta.finding=found
                · elumenta.model=other
                · elumenta.operation=createGeneration
                listHistory
                  · elumenta.attempts=1
                  · elumenta.operation=listHistory
                  · elumenta.outcome=success
                  GET /user/history
                    · elumenta.operation=listHistory
                    · http.request.method=GET
                    · http.response.status_code=200
                    · server.address=127.0.0.1
                    · server.port
                    · url.template=/user/history
                getGeneration
                  · elumenta.attempts=1
                  · elumenta.operation=getGeneration
                  · elumenta.outcome=success
                  GET /generate/{generationId}
                    · elumenta.operation=getGeneration
                    · http.request.method=GET
                    · http.response.status_code=200
                    · server.address=127.0.0.1
                    · server.port
                    · url.template=/generate/{generationId}
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, getGeneration, success} 1
            elumenta.call {1, gpt-5-nano, createGeneration, recovered} 1
            elumenta.call {1, listHistory, success} 1
            elumenta.charged.tokens {gpt-5-nano} 1
            elumenta.generations {gpt-5-nano, completed} 1
            elumenta.lookup {found, other, createGeneration} 1
            elumenta.recovered {gpt-5-nano, createGeneration} 1
            gen_ai.client.operation.duration {generate_content, elumenta, gpt-5-nano} 1
            http.client.request.duration {createGeneration, TransportException, TransportException, POST, 127.0.0.1, /generate} 1
            http.client.request.duration {getGeneration, GET, 200, 127.0.0.1, /generate/{generationId}} 1
            http.client.request.duration {listHistory, GET, 200, 127.0.0.1, /user/history} 1
            """);
  }

  @Test
  void aCallOfWhichNobodyKnows() {
    watched.service.next().fail(Fault.resetAfterProcessing());
    try (ElumentaClient gone = watched.client().recovery(Recovery.FAIL).build()) {
      assertThatThrownBy(() -> gone.generate(asked("gpt-5-nano")))
          .isInstanceOf(OutcomeUnknownException.class);
    }
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content other !OutcomeUnknownException
              · elumenta.attempts=1
              · elumenta.execution=unknown
              · elumenta.model=other
              · elumenta.operation=createGeneration
              · elumenta.outcome=outcome_unknown
              · error.type=OutcomeUnknownException
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              POST /generate !TransportException
                · elumenta.operation=createGeneration
                · error.type=TransportException
                · http.request.method=POST
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, unknown, other, createGeneration, outcome_unknown, OutcomeUnknownException, OutcomeUnknownException} 1
            elumenta.open.outcomes {other, createGeneration} 1
            gen_ai.client.operation.duration {OutcomeUnknownException, generate_content, elumenta, other} 1
            http.client.request.duration {createGeneration, TransportException, TransportException, POST, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aCallWhoseGenerationFails() {
    watched.service.next().fail(Fault.failedGeneration("content policy"));

    assertThatThrownBy(() -> elumenta.generate(asked("gpt-5-nano")))
        .isInstanceOf(GenerationFailedException.class);
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content gpt-5-nano
              · elumenta.attempts=1
              · elumenta.model=gpt-5-nano
              · elumenta.operation=createGeneration
              · elumenta.outcome=generation_failed
              · error.type=generation_failed
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              · gen_ai.response.id
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, gpt-5-nano, createGeneration, generation_failed, generation_failed} 1
            elumenta.generations {gpt-5-nano, failed, content_policy} 1
            gen_ai.client.operation.duration {content_policy, generate_content, elumenta, gpt-5-nano} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aCallThatIsRefused() {
    watched.service.next().fail(Fault.error(404, "not_found"));

    assertThatThrownBy(() -> elumenta.generate(asked("nonsense")))
        .isInstanceOf(NotFoundException.class);
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content other !NotFoundException
              · elumenta.attempts=1
              · elumenta.execution=not_executed
              · elumenta.model=other
              · elumenta.operation=createGeneration
              · elumenta.outcome=failed
              · error.type=not_found
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=nonsense
              POST /generate !NotFoundException
                · elumenta.operation=createGeneration
                · error.type=not_found
                · http.request.method=POST
                · http.response.status_code=404
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, not_executed, other, createGeneration, failed, NotFoundException, not_found} 1
            gen_ai.client.operation.duration {not_found, generate_content, elumenta, other} 1
            http.client.request.duration {createGeneration, NotFoundException, not_found, POST, 404, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aCallThatMakesNothing() {
    elumenta.api(UserApi.class).getBalance();
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            getBalance
              · elumenta.attempts=1
              · elumenta.operation=getBalance
              · elumenta.outcome=success
              GET /balance
                · elumenta.operation=getBalance
                · http.request.method=GET
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/balance
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, getBalance, success} 1
            http.client.request.duration {getBalance, GET, 200, 127.0.0.1, /balance} 1
            """);
  }
}
