package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;

/** What the documentation shows obeys the contract, to the letter. */
class DocumentedSamplesTest {
  private final ContractValidator strict =
      ContractValidator.standard().withResponses(Strictness.STRICT);

  @TestFactory
  Stream<DynamicTest> everySampleObeysTheContract() {
    return ContractSamples.all().entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(), () -> assertThat(strict.check(sample.getValue())).isEmpty()));
  }

  @Test
  void everyOperationHasSamplesAndIsFound() {
    Set<String> found = new HashSet<>();
    ContractSamples.all()
        .values()
        .forEach(each -> strict.operationOf(each.request()).ifPresent(found::add));

    assertThat(found).containsExactlyInAnyOrderElementsOf(ContractSamples.operations());
  }

  @Test
  void theModelOverloadedAsAGenerationIsDocumentedUnder503() {
    Exchange overloaded =
        ContractSamples.of("createGeneration", "text-prompt-request", 503, "model-unavailable")
            .answer(
                "{\"status\": \"failed\", \"error\": \"Service unavailable: model is overloaded\"}")
            .build();

    assertThat(strict.check(overloaded)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{\"data\": []}", "{}"})
  void whatIsNotDocumentedMayBeAnyJson(String answer) {
    for (String operation : List.of("listModels", "listKeys")) {
      Exchange exchange =
          ContractSamples.of(operation, "", 200, "")
              .answerHeader("content-type", "application/json")
              .answer(answer)
              .build();

      assertThat(strict.check(exchange)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"18473", "gen_01j9x2abc123", "4e5", "null", "a%2Fb", "7f"})
  void aGenerationIdInAPathIsWhateverItIs(String id) {
    for (String target : List.of("/api/v2/generate/" + id, "/api/v2/generate/status/" + id)) {
      assertThat(
              strict.check(
                  ContractSamples.of("getGeneration", "", 200, "pending-video")
                      .target(target)
                      .build()))
          .isEmpty();
    }
    for (String operation : List.of("toggleFavorite", "deleteGeneration")) {
      RequestMessage request = request(operation);
      String path = request.path().replace("18473", id);
      assertThat(
              strict.check(
                  RequestMessage.of(request.method(), path, request.headers(), new byte[0])))
          .isEmpty();
    }
  }

  private RequestMessage request(String operation) {
    return ContractSamples.all().values().stream()
        .map(Exchange::request)
        .filter(each -> strict.operationOf(each).orElse("").equals(operation))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"2026-03-08T12:05:00Z\"",
        "\"2026-03-08T12:05:00.123456Z\"",
        "\"2026-03-08T12:05:00.5+03:00\"",
        "null"
      })
  void aTimeMayHaveAFractionAndAnOffset(String time) {
    assertThat(
            strict.check(
                ContractSamples.of("getGeneration", "", 200, "pending-video")
                    .answerMember("/created_at", time)
                    .build()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json, */*;q=0.1", "application/*"})
  void whatIsAcceptedMayBeMore(String accept) {
    assertThat(
            strict.check(
                ContractSamples.of("getBalance", "", 200, "balance")
                    .header("Accept", accept)
                    .build()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?page=1&&limit=100&", "?", "?model_slug=a+b&status=failed"})
  void aQueryMayBeSpelledLooselyButNotWrongly(String query) {
    assertThat(
            strict.check(
                ContractSamples.of("listHistory", "", 200, "history-page")
                    .target("/api/v2/user/history" + query)
                    .build()))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "847", "Sun, 08 Mar 2026 12:05:00 GMT"})
  void retryAfterIsSecondsOrADate(String value) {
    assertThat(
            strict.check(
                ContractSamples.of("getBalance", "", 429, "hourly-limit")
                    .answerHeader("Retry-After", value)
                    .build()))
        .isEmpty();
  }

  @Test
  void aCompressedAnswerIsLookedInto() throws Exception {
    SampleExchange compressed =
        ContractSamples.of("getModel", "", 200, "model-dall-e-3")
            .answerHeader("content-encoding", "gzip");

    assertThat(strict.check(compressed.answer(gzip("{\"slug\": \"gpt-5\"}")).build())).isEmpty();
    assertThat(strict.check(compressed.answer(gzip("{\"slug\": 5}")).build())).hasSize(1);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void manyThreadsShareOneValidator() throws Exception {
    List<Callable<List<Finding>>> checks = new ArrayList<>();
    for (Entry<String, Exchange> each : ContractSamples.all().entrySet()) {
      checks.add(() -> strict.check(each.getValue()));
    }
    Exchange deviating =
        ContractSamples.of("getGeneration", "", 200, "pending-video")
            .answerMember("/status", null)
            .build();
    for (int i = 0; i < 100; i++) {
      checks.add(3 * i, () -> strict.check(deviating));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      int findings = 0;
      for (Future<List<Finding>> check : threads.invokeAll(checks)) {
        findings += check.get().size();
      }
      assertThat(findings).isEqualTo(100);
    } finally {
      threads.shutdownNow();
    }
  }
}
