package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.RetryOptions;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.InsufficientTokensException;

/** Tests that use the extension pass and fail as they should. */
@ElumentaTest
class ElumentaExtensionTest {
  private static GenerationRequest image() {
    return new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");
  }

  @Test
  void eachTestHasItsOwnState(ElumentaSimulator service, ElumentaClient elumenta) {
    elumenta.generate(image());

    assertThat(service.generationsCreated()).isEqualTo(1);
  }

  @Test
  void eachTestHasItsOwnStateAgain(ElumentaSimulator service, ElumentaClient elumenta) {
    elumenta.generate(image());

    assertThat(service.generationsCreated()).isEqualTo(1);
  }

  @Test
  void theClientCanHaveSettingsOfItsOwn(ElumentaSimulator service, ElumentaClientBuilder builder) {
    service.next().fail(Fault.modelUnavailable());
    try (ElumentaClient elumenta = builder.retry(RetryOptions.none()).build()) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> elumenta.generate(image())))
          .isNotNull();
    }
    assertThat(service.requests()).isEqualTo(1);
  }

  @Test
  void chargedButNeverToldIsFoundAgainAndPaidOnce(
      ElumentaSimulator service, ElumentaClient elumenta) {
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());

    elumenta.generate(image());

    assertThat(service.charges()).isEqualTo(1);
    assertThat(service.doubleCharges()).isZero();
  }

  @ElumentaTest
  static class FailingTests {
    @Test
    void theTestItself(ElumentaClient elumenta) {
      elumenta.generate(image());
      throw new AssertionError("the test's own failure");
    }

    @Test
    void aRequestThatDoesNotObeyTheContract(ElumentaSimulator service) throws Exception {
      post(service, "/generate", "{\"model\":\"gpt-5\",\"prompt\":\"Hi\",\"colour\":\"red\"}");
    }

    @Test
    void aRequestForNoOperation(ElumentaSimulator service) throws Exception {
      post(service, "/no/such/path", "{}");
    }

    @Test
    void aFaultThatNobodyMet(ElumentaSimulator service) {
      service.next().to("createGeneration").fail(Fault.stall());
    }
  }

  static class SettingTests {
    @RegisterExtension
    static final ElumentaExtension ELUMENTA =
        ElumentaExtension.with(builder -> builder.balance(3)).lenient();

    @Test
    void thePurseIsAlmostEmpty(ElumentaSimulator service, ElumentaClient elumenta)
        throws Exception {
      post(service, "/no/such/path", "{}");
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> elumenta.generate(image())))
          .isInstanceOf(InsufficientTokensException.class);
    }
  }

  private static void post(ElumentaSimulator service, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(service.baseUrl() + path))
            .header("Authorization", "Bearer " + service.apiKey())
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static String failureOf(List<Event> failed, String test) {
    return failed.stream()
        .filter(event -> event.getTestDescriptor().getDisplayName().startsWith(test))
        .map(
            event ->
                event
                    .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                    .getThrowable()
                    .orElseThrow()
                    .getMessage())
        .findFirst()
        .orElse("it passed");
  }

  @Test
  void whatIsWrongFailsATestAndTheConversationIsPrinted() {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    List<Event> failed;
    try {
      failed =
          EngineTestKit.engine("junit-jupiter")
              .selectors(selectClass(FailingTests.class))
              .execute()
              .testEvents()
              .failed()
              .list();
    } finally {
      System.setOut(console);
    }

    assertThat(failed).hasSize(4);
    assertThat(failureOf(failed, "theTestItself")).isEqualTo("the test's own failure");
    assertThat(failureOf(failed, "aRequestThatDoesNotObeyTheContract"))
        .startsWith("Requests did not obey the contract:")
        .contains("UNKNOWN_MEMBER");
    assertThat(failureOf(failed, "aRequestForNoOperation")).contains("PATH");
    assertThat(failureOf(failed, "aFaultThatNobodyMet"))
        .isEqualTo("1 faults were declared for requests that did not come.");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("> POST /api/v2/generate")
        .contains("A lighthouse at dusk")
        .contains("< 200")
        .doesNotContain("Bearer")
        .doesNotContain("nb_");
  }

  @Test
  void settingsAndLeniencyAreTheCallers() {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(SettingTests.class))
        .execute()
        .testEvents()
        .assertStatistics(statistics -> statistics.succeeded(1).failed(0));
  }
}
