package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.examples.EmbeddedService.Answer;

class ReadmeTest {
  private final EmbeddedService service = new EmbeddedService();
  private final ReadmeSnippets snippets = new ReadmeSnippets(service.url());
  private final ElumentaClient elumenta =
      ElumentaClient.builder()
          .apiKey("nb_not_a_real_key")
          .baseUrl(service.url())
          .polling(
              PollingOptions.defaults()
                  .withInterval(Duration.ofMillis(50))
                  .withLimit(Duration.ofMillis(300)))
          .recovery(Recovery.FAIL) // who looks takes three minutes
          .build();

  @AfterEach
  void stop() {
    elumenta.close();
    service.close();
  }

  @Test
  void everySnippetIsTheCodeThatIsRunHere() throws IOException {
    List<String> shown =
        regions(Files.readString(Path.of("..", "README.md")), "(?s)```java\n(.*?)```");
    List<String> run =
        regions(
            Files.readString(Path.of("src/test/java/ru/elumenta/examples/ReadmeSnippets.java")),
            "(?s) *// README\n(.*?) *// end");

    assertThat(shown).hasSize(11).containsExactlyElementsOf(run);
  }

  private static List<String> regions(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1).stripTrailing().stripIndent())
        .toList();
  }

  @Test
  void theFirstCallIsOneRequest() {
    service.willAnswer(List.of(Answer.of(200, "generations", "completed-image")));

    snippets.firstCall();

    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void aJobIsSubmittedStoredAwaitedAndTakenUpAgain() {
    service.willAnswer(
        List.of(
            Answer.of(200, "generations", "pending-video"),
            Answer.of(200, "generations", "completed-video")));

    snippets.submit(elumenta);
    snippets.attach(elumenta, "18502");

    assertThat(snippets.did)
        .containsExactly(
            "stored 18502",
            "https://storage.elumenta.ru/generations/18502.mp4",
            "https://storage.elumenta.ru/generations/18502.mp4");
  }

  @Test
  void aTextIsReadWhileItArrives() {
    service.willAnswer(List.of(Answer.stream(Sample.text("generations", "streamed-text"))));

    snippets.stream(elumenta, new GenerationRequest().model("gpt-5").prompt("A tale"));

    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void thePriceIsAskedForBeforeAndTheHistoryReadAfter() {
    Answer price = Answer.of(200, "models", "price");
    service.willAnswer(
        List.of(
            price,
            price,
            Answer.of(200, "generations", "completed-image"),
            Answer.of(200, "history", "history-page"),
            new Answer(200, "{\"items\":[],\"total\":0}", null)));

    snippets.costs(elumenta, new GenerationRequest().model("dall-e-3").prompt("Hi"));

    assertThat(snippets.did).containsExactly("13 asked, 7 paid, 7 spent");
    assertThat(service.requests()).isEqualTo(5);
  }

  @Test
  void priceBalanceAndHeadersAreRead() {
    service.willAnswer(
        List.of(Answer.of(200, "models", "price"), Answer.of(200, "user", "balance")));

    snippets.everythingElse(elumenta);

    assertThat(snippets.did).containsExactly("270 tokens, 87 requests");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          402 | errors      | insufficient-tokens   | topped up 5
          429 | errors      | hourly-limit          | resume later than now
          200 | generations | failed-content-policy | asked because Content policy violation: prohibited content detected
          200 | generations | pending-video         | stored 18502
          502 | errors      | bad-request           | keeps createGeneration of gpt-5
          """)
  void everyCatchIsReached(int status, String topic, String sample, String reaction) {
    service.willAnswer(List.of(Answer.of(status, topic, sample)));

    snippets.failures(elumenta, new GenerationRequest().model("gpt-5").prompt("Hi"));

    assertThat(snippets.did).containsExactly(reaction);
  }

  @Test
  void theSettingsAreAccepted() {
    service.willAnswer(List.of(Answer.of(200, "generations", "completed-image")));

    try (ElumentaClient client = snippets.settings()) {
      client.generate(new GenerationRequest().model("gpt-5").prompt("Hi"));
    }

    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void oneCallHasATimeLimitFurtherModelsOrAThreadOfItsOwn() {
    Answer image = Answer.of(200, "generations", "completed-image");
    service.willAnswer(
        List.of(
            image,
            Answer.of(503, "errors", "model-unavailable"),
            image,
            image,
            Answer.of(200, "user", "balance")));

    snippets.oneCallOnly(elumenta, new GenerationRequest().model("dall-e-3").prompt("Hi"));

    assertThat(snippets.did)
        .containsExactly(
            "https://storage.elumenta.ru/generations/18491.webp",
            "flux-1.1-pro",
            "https://storage.elumenta.ru/generations/18491.webp",
            "87 requests",
            "283 tokens");
    assertThat(service.requests()).isEqualTo(5);
  }

  @Test
  void theTestOfTheReadmePasses() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(ReadmeSnippets.InYourTests.class))
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
  }

  @Test
  void theErrorModelWorksInAnyFeignClient() {
    service.willAnswer(List.of(Answer.of(402, "errors", "insufficient-tokens")));

    assertThatThrownBy(snippets::withoutOurClient).isInstanceOf(InsufficientTokensException.class);

    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void feignsOwnJacksonCodecReadsWithoutOurClient() {
    service.willAnswer(List.of(Answer.of(200, "generations", "completed-image")));

    snippets.withoutOurClient();

    assertThat(snippets.did).containsExactly("completed");
    assertThat(service.requests()).isEqualTo(1);
  }
}
