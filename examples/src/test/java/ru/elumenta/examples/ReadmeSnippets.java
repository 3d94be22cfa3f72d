package ru.elumenta.examples;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Feign;
import feign.Headers;
import feign.RequestLine;
import feign.Retryer;
import feign.TypedResponse;
import feign.jackson.JacksonDecoder;
import feign.jackson.JacksonEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.GenerationJob;
import ru.elumenta.client.GenerationStream;
import ru.elumenta.client.ModelAnswer;
import ru.elumenta.client.StreamEvent;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.error.WaitTimeoutException;
import ru.elumenta.client.event.Slf4jCallListener;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.Balance;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.model.HistoryItem;
import ru.elumenta.client.model.Price;
import ru.elumenta.client.model.PriceRequest;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.HistoryFilter;
import ru.elumenta.client.options.PollingOptions;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.ElumentaTest;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.ElumentaErrorDecoder;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.InsufficientTokensException;
import ru.elumenta.error.RateLimitException;
import ru.elumenta.error.RateLimits;

/** The README's Java, to the letter; {@link ReadmeTest} compares the text and runs it. */
final class ReadmeSnippets {
  private final String url;
  private final String key = "nb_not_a_real_key";
  private final Path folder = Path.of("target", "journals"); // made when needed

  /** Hides the class of that name from expressions, so that {@code builder()} has our base URL. */
  private final LocalService ElumentaClient;

  /** What the snippets did with what they got. */
  final List<String> did = new ArrayList<>();

  ReadmeSnippets(String url) {
    this.url = url;
    this.ElumentaClient = new LocalService(url);
  }

  private record LocalService(String url) {
    ElumentaClientBuilder builder() {
      return ru.elumenta.client.ElumentaClient.builder()
          .baseUrl(url)
          .polling(PollingOptions.defaults().withInterval(Duration.ofMillis(50)));
    }
  }

  interface MyApi {
    @RequestLine("POST /generate")
    @Headers("Content-Type: application/json")
    Map<String, Object> generate(Map<String, Object> request);
  }

  void firstCall() {
    // README
    try (ElumentaClient elumenta = ElumentaClient.builder().apiKey(key).build()) {
      Generation image =
          elumenta.generate(
              new GenerationRequest()
                  .model("dall-e-3")
                  .prompt("A lighthouse at dusk")
                  .putParamsItem("size", "1024x1024"));
      System.out.println(image.fileUrl().orElseThrow());
    }
    // end
  }

  void submit(ElumentaClient elumenta) {
    // README
    GenerationJob job =
        elumenta.submit(
            new GenerationRequest().model("kling-v2.1").prompt("Waves below a lighthouse"));
    job.id().ifPresent(id -> store(id.toString())); // what is finished at once may have none
    Generation video = job.await(Duration.ofMinutes(5));
    // end
    did.add(video.fileUrl().orElseThrow());
  }

  void attach(ElumentaClient elumenta, String stored) {
    // README
    Generation video = elumenta.attach(GenerationId.of(stored)).await();
    // end
    did.add(video.fileUrl().orElseThrow());
  }

  void stream(ElumentaClient elumenta, GenerationRequest request) {
    // README
    try (GenerationStream stream = elumenta.stream(request)) {
      for (StreamEvent event : stream) {
        if (event instanceof StreamEvent.Delta delta) {
          System.out.print(delta.text());
        }
      }
      System.out.println(stream.result().tokensCharged());
    }
    // end
  }

  void costs(ElumentaClient elumenta, GenerationRequest request) {
    // README
    long price = elumenta.price(request).getTokenCost(); // asks the service, costs nothing
    Generation cheap = elumenta.maxCost(20).generate(request); // not sent if it may cost more
    long spent = elumenta.tokensCharged(); // by all generations this client saw finished
    for (HistoryItem row : elumenta.history(HistoryFilter.all().withCategory("image"))) {
      System.out.println(row.getId() + " " + row.tokensCharged().orElse(0));
    }
    // end
    did.add(price + " asked, " + cheap.tokensCharged().getAsLong() + " paid, " + spent + " spent");
  }

  void everythingElse(ElumentaClient elumenta) {
    // README
    Price price =
        elumenta
            .api(ModelsApi.class)
            .calculatePrice("dall-e-3", new PriceRequest().putParamsItem("quality", "hd"));
    TypedResponse<Balance> balance = elumenta.api(UserApi.class).getBalanceWithResponse();
    long left = balance.body().getTokenBalance() - price.getTokenCost();
    String requestsLeft = balance.headers().get("X-RateLimit-Remaining-Hour").iterator().next();
    // end
    did.add(left + " tokens, " + requestsLeft + " requests");
  }

  void failures(ElumentaClient elumenta, GenerationRequest request) {
    // README
    try {
      elumenta.generate(request);
    } catch (InsufficientTokensException e) {
      topUp(e.shortfall().orElse(100));
    } catch (RateLimitException e) {
      resumeAt(e.retryAt().orElse(Instant.now().plusSeconds(60)));
    } catch (GenerationFailedException e) {
      if (e.reason() == FailureReason.CONTENT_POLICY) {
        askForAnotherPrompt(e.generation().getError());
      }
    } catch (WaitTimeoutException e) {
      store(e.generationId().toString()); // it goes on running
    } catch (OutcomeUnknownException e) {
      lookUpLater(e.openCall().orElseThrow()); // do not just send it again
    }
    // end
  }

  ElumentaClient settings() {
    // README
    ElumentaClient elumenta =
        ElumentaClient.builder()
            .apiKey(key)
            .attemptTimeout(Duration.ofSeconds(90)) // one attempt, to the last byte; default 60 s
            .callTimeout(Duration.ofMinutes(10)) // all attempts and waits; default 3 min
            .retry(RetryOptions.defaults().withMaxAttempts(5)) // RetryOptions.none() sends once
            .polling(PollingOptions.defaults().withLimit(Duration.ofMinutes(15)))
            .recovery(Recovery.LOOK_UP) // the default
            .journal(FileCallJournal.at(folder.resolve("calls"))) // default: in memory
            .maxConcurrentCalls(20) // retries included; default any number
            .pacing(true) // wait while the account has no requests left; default false
            .circuitBreaker(CircuitBreakerOptions.defaults()) // leave a model alone that is down
            .listener(new Slf4jCallListener()) // needs SLF4J; shows no keys, prompts or bodies
            .build();
    // end
    return elumenta;
  }

  void oneCallOnly(ElumentaClient elumenta, GenerationRequest request) {
    // README
    Generation soon = elumenta.within(Duration.ofSeconds(20)).generate(request);
    ModelAnswer either = elumenta.generateWithFallback(request, List.of("flux-1.1-pro"));
    CompletableFuture<Generation> later = elumenta.generateAsync(request); // cancel(true) ends it
    Optional<RateLimits> limits = elumenta.rateLimits(); // as the last answer stated them
    // end
    did.add(soon.fileUrl().orElseThrow());
    did.add(either.model());
    did.add(later.join().fileUrl().orElseThrow());
    did.add(limits.orElseThrow().hour().remaining().orElseThrow() + " requests");
    did.add(
        elumenta.async(UserApi.class, UserApi::getBalance).join().getTokenBalance() + " tokens");
  }

  /** Run by JUnit through {@link ReadmeTest}. */
  @ElumentaTest
  static final class InYourTests {
    private final GenerationRequest request =
        new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");

    // README
    @Test
    void aLostAnswerIsNotPaidTwice(ElumentaSimulator service, ElumentaClient elumenta) {
      service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

      elumenta.generate(request);

      assertThat(service.charges()).isEqualTo(1);
    }
    // end
  }

  void withoutOurClient() {
    // README
    MyApi api =
        Feign.builder()
            .encoder(new JacksonEncoder())
            .decoder(new JacksonDecoder())
            .errorDecoder(new ElumentaErrorDecoder())
            .retryer(Retryer.NEVER_RETRY) // Feign's default sends a paid POST up to five times
            .target(MyApi.class, url);
    // end
    did.add(api.generate(Map.of("model", "dall-e-3")).get("status").toString());
  }

  private void store(String id) {
    did.add("stored " + id);
  }

  private void topUp(long tokens) {
    did.add("topped up " + tokens);
  }

  private void resumeAt(Instant when) {
    did.add("resume later than " + (when.isAfter(Instant.now()) ? "now" : "never"));
  }

  private void askForAnotherPrompt(String why) {
    did.add("asked because " + why);
  }

  private void lookUpLater(OpenCall call) {
    did.add("keeps " + call.operation() + " of " + call.model().orElseThrow());
  }
}
