package ru.elumenta.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.InsufficientTokensException;

/** Streams, jobs and downloads, as meters and spans tell them. */
class TaskStoriesTest {
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
  void aStreamThatIsReadToItsEnd() {
    try (GenerationStream text = elumenta.stream(asked("gpt-5-nano"))) {
      assertThat(watched.count("elumenta.open.streams")).isEqualTo(1);
      text.result();
    }

    assertThat(watched.spanTree())
        .isEqualTo(
            """
            stream gpt-5-nano
              · elumenta.events=8
              · elumenta.model=gpt-5-nano
              · elumenta.outcome=completed
              · elumenta.tokens_charged=1
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              · gen_ai.response.id
              streamGeneration
                · elumenta.attempts=1
                · elumenta.model=gpt-5-nano
                · elumenta.operation=streamGeneration
                · elumenta.outcome=success
                · gen_ai.request.model=gpt-5-nano
                POST /generate/stream
                  · elumenta.operation=streamGeneration
                  · http.request.method=POST
                  · http.response.status_code=200
                  · server.address=127.0.0.1
                  · server.port
                  · url.template=/generate/stream
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, gpt-5-nano, streamGeneration, success} 1
            elumenta.charged.tokens {gpt-5-nano} 1
            elumenta.generations {gpt-5-nano, completed} 1
            elumenta.stream {gpt-5-nano, completed} 1
            gen_ai.client.operation.duration {generate_content, elumenta, gpt-5-nano} 1
            gen_ai.client.operation.time_to_first_chunk {generate_content, elumenta, gpt-5-nano} 1
            http.client.request.duration {streamGeneration, POST, 200, 127.0.0.1, /generate/stream} 1
            """);
  }

  @Test
  void aStreamThatIsClosedEarly() {
    try (GenerationStream text = elumenta.stream(asked("gpt-5-nano"))) {
      text.iterator().next();
    }

    assertThat(watched.spanTree())
        .isEqualTo(
            """
            stream gpt-5-nano
              · elumenta.events=1
              · elumenta.model=gpt-5-nano
              · elumenta.outcome=cancelled
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              streamGeneration
                · elumenta.attempts=1
                · elumenta.model=gpt-5-nano
                · elumenta.operation=streamGeneration
                · elumenta.outcome=success
                · gen_ai.request.model=gpt-5-nano
                POST /generate/stream
                  · elumenta.operation=streamGeneration
                  · http.request.method=POST
                  · http.response.status_code=200
                  · server.address=127.0.0.1
                  · server.port
                  · url.template=/generate/stream
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, gpt-5-nano, streamGeneration, success} 1
            elumenta.stream {gpt-5-nano, cancelled} 1
            gen_ai.client.operation.duration {cancelled, generate_content, elumenta, gpt-5-nano} 1
            gen_ai.client.operation.time_to_first_chunk {generate_content, elumenta, gpt-5-nano} 1
            http.client.request.duration {streamGeneration, POST, 200, 127.0.0.1, /generate/stream} 1
            """);
  }

  @Test
  void aStreamThatIsRefused() {
    watched.service.next().fail(Fault.error(402, "insufficient_tokens"));

    assertThatThrownBy(() -> elumenta.stream(asked("gpt-5-nano")))
        .isInstanceOf(InsufficientTokensException.class);
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            stream other !InsufficientTokensException
              · elumenta.events=0
              · elumenta.model=other
              · elumenta.outcome=not_opened
              · error.type=insufficient_tokens
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=gpt-5-nano
              streamGeneration !InsufficientTokensException
                · elumenta.attempts=1
                · elumenta.execution=not_executed
                · elumenta.model=other
                · elumenta.operation=streamGeneration
                · elumenta.outcome=failed
                · error.type=insufficient_tokens
                · gen_ai.request.model=gpt-5-nano
                POST /generate/stream !InsufficientTokensException
                  · elumenta.operation=streamGeneration
                  · error.type=insufficient_tokens
                  · http.request.method=POST
                  · http.response.status_code=402
                  · server.address=127.0.0.1
                  · server.port
                  · url.template=/generate/stream
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, not_executed, other, streamGeneration, failed, InsufficientTokensException, insufficient_tokens} 1
            elumenta.stream {other, not_opened, InsufficientTokensException, insufficient_tokens} 1
            gen_ai.client.operation.duration {insufficient_tokens, generate_content, elumenta, other} 1
            http.client.request.duration {streamGeneration, InsufficientTokensException, insufficient_tokens, POST, 402, 127.0.0.1, /generate/stream} 1
            """);
  }

  @Test
  void aJobIsPartOfTheTraceThatCreatedIt() {
    watched.service.next().fail(Fault.slowJob(Duration.ofSeconds(8)));

    elumenta.generate(asked("kling-v2.1"));
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content kling-v2.1
              · elumenta.attempts=1
              · elumenta.model=kling-v2.1
              · elumenta.operation=createGeneration
              · elumenta.outcome=success
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=kling-v2.1
              · gen_ai.response.id
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
              wait kling-v2.1
                · elumenta.model=kling-v2.1
                · elumenta.outcome=completed
                · elumenta.polls=2
                · gen_ai.request.model=kling-v2.1
                · gen_ai.response.id
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
            elumenta.call {1, getGeneration, success} 2
            elumenta.call {1, kling-v2.1, createGeneration, success} 1
            elumenta.charged.tokens {kling-v2.1} 26
            elumenta.generations {kling-v2.1, completed} 1
            elumenta.job {kling-v2.1, completed} 1
            gen_ai.client.operation.duration {generate_content, elumenta, kling-v2.1} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            http.client.request.duration {getGeneration, GET, 200, 127.0.0.1, /generate/{generationId}} 2
            """);
  }

  @Test
  void aJobThatIsWaitedForByATimer() {
    watched.service.next().fail(Fault.slowJob(Duration.ofSeconds(8)));

    elumenta.submit(asked("kling-v2.1")).awaitAsync().join();
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content kling-v2.1
              · elumenta.attempts=1
              · elumenta.model=kling-v2.1
              · elumenta.operation=createGeneration
              · elumenta.outcome=success
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=kling-v2.1
              · gen_ai.response.id
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
              wait kling-v2.1
                · elumenta.model=kling-v2.1
                · elumenta.outcome=completed
                · elumenta.polls=2
                · gen_ai.request.model=kling-v2.1
                · gen_ai.response.id
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
            elumenta.call {1, getGeneration, success} 2
            elumenta.call {1, kling-v2.1, createGeneration, success} 1
            elumenta.charged.tokens {kling-v2.1} 26
            elumenta.generations {kling-v2.1, completed} 1
            elumenta.job {kling-v2.1, completed} 1
            gen_ai.client.operation.duration {generate_content, elumenta, kling-v2.1} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            http.client.request.duration {getGeneration, GET, 200, 127.0.0.1, /generate/{generationId}} 2
            """);
  }

  @Test
  void aJobThatIsWaitedForTooShort() {
    watched.service.next().fail(Fault.neverEndingJob());
    GenerationJob job = elumenta.submit(asked("kling-v2.1"));

    assertThatThrownBy(() -> job.await(Duration.ofSeconds(4)))
        .isInstanceOf(WaitTimeoutException.class);
    assertThat(watched.spanTree())
        .isEqualTo(
            """
            generate_content kling-v2.1
              · elumenta.attempts=1
              · elumenta.model=kling-v2.1
              · elumenta.operation=createGeneration
              · elumenta.outcome=success
              · gen_ai.operation.name=generate_content
              · gen_ai.provider.name=elumenta
              · gen_ai.request.model=kling-v2.1
              · gen_ai.response.id
              POST /generate
                · elumenta.operation=createGeneration
                · http.request.method=POST
                · http.response.status_code=200
                · server.address=127.0.0.1
                · server.port
                · url.template=/generate
              wait kling-v2.1 !WaitTimeoutException
                · elumenta.model=kling-v2.1
                · elumenta.outcome=still_running
                · elumenta.polls=0
                · error.type=WaitTimeoutException
                · gen_ai.request.model=kling-v2.1
                · gen_ai.response.id
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, kling-v2.1, createGeneration, success} 1
            elumenta.job {kling-v2.1, still_running, WaitTimeoutException, WaitTimeoutException} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            """);
  }

  @Test
  void aDownload() {
    Generation image = elumenta.generate(asked("dall-e-3"));

    elumenta.download(image).to(OutputStream.nullOutputStream());
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
            download
              · elumenta.bytes=10000
              · elumenta.outcome=success
              · elumenta.requests=1
              · server.address=127.0.0.1
            """);
    assertThat(watched.meterLines())
        .isEqualTo(
            """
            elumenta.call {1, dall-e-3, createGeneration, success} 1
            elumenta.charged.tokens {dall-e-3} 5
            elumenta.download {success} 1
            elumenta.downloaded.bytes {} 10000
            elumenta.generations {dall-e-3, completed} 1
            gen_ai.client.operation.duration {generate_content, elumenta, dall-e-3} 1
            http.client.request.duration {createGeneration, POST, 200, 127.0.0.1, /generate} 1
            """);
  }
}
