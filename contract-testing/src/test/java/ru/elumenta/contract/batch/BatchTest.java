package ru.elumenta.contract.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.batch.BatchException;
import ru.elumenta.client.batch.BatchPrice;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.batch.RetryFailed;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;

/** Batches against the simulator, in simulated time. */
class BatchTest {
  private static final int GPT_5 = 2; // tokens

  @TempDir Path folder;

  private ElumentaSimulator service;
  private FileCallJournal journal;
  private ElumentaClient elumenta;
  private BatchFolder out;

  @BeforeEach
  void start() {
    service = ElumentaSimulator.builder().plan(Plan.ELITE).balance(1_000_000).start();
    journal = FileCallJournal.at(folder.resolve("calls.journal"));
    elumenta = service.client().journal(journal).build();
    out = new BatchFolder(folder.resolve("out"));
  }

  @AfterEach
  void stop() {
    elumenta.close();
    journal.close();
    service.close();
  }

  private Batch batch(Path input) {
    return Batch.with(elumenta).input(input).output(out.path()).timeSource(service.time());
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  @Test
  void everyLineGetsAResultAndIsPaidOnce() {
    BatchReport report = batch(BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 50)).run();

    assertThat(report.end()).isEqualTo(BatchEnd.FINISHED);
    assertThat(report.isAllCompleted()).isTrue();
    assertThat(report.tokensSpent()).isEqualTo(service.tokensCharged());
    assertThat(out.results()).extracting(line -> line.path("line").asInt()).hasSize(50);
    assertThat(out.results())
        .allSatisfy(
            line -> {
              assertThat(line.path("id").asText()).isEqualTo("item " + line.path("line").asInt());
              assertThat(line.path("text").asText()).isNotBlank();
            });
    assertThat(out.failures()).isEmpty();
    assertThat(elumenta.openCalls()).isEmpty();
  }

  @Test
  void aFinishedBatchSendsNothingWhenItIsRunAgain() {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 5);
    batch(input).run();
    long requests = service.requests();

    BatchReport again = batch(input).run();

    assertThat(again.isAllCompleted()).isTrue();
    assertThat(again.completedNow()).isZero();
    assertThat(service.requests()).isEqualTo(requests);
  }

  @Test
  void rowsMayBeAppendedAndNoOthersChanged() throws IOException {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 5);
    batch(input).run();
    Files.writeString(input, BatchFolder.line(6) + "\n", StandardOpenOption.APPEND);
    assertThat(batch(input).run().completedNow()).isEqualTo(1);

    List<String> lines = Files.readAllLines(input);
    lines.set(2, BatchFolder.line(77));
    Files.write(input, lines);
    assertThatThrownBy(() -> batch(input).run())
        .isInstanceOf(BatchException.class)
        .hasMessageContaining("was changed")
        .hasMessageContaining("lines 1 to 6")
        .hasMessageContaining("nothing was charged");

    Files.write(input, lines.subList(0, 2));
    assertThatThrownBy(() -> batch(input).run())
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> assertThat(e.reason()).isEqualTo(BatchException.Reason.INPUT_CHANGED))
        .hasMessageContaining("is shorter");
    assertThat(service.generationsCreated()).isEqualTo(6);
  }

  @Test
  void picturesOfASpreadsheetAreFetchedUnderSafeNames() throws IOException {
    Path input =
        file(
            "in.csv",
            "\uFEFFid,prompt,size,params.quality\r",
            "../\"a\",\"A lighthouse,\r",
            "at \"\"dusk\"\"\",1024x1024,hd\r",
            "CON,A boat,,\r");
    BatchReport report =
        batch(input)
            .template(
                new GenerationRequest()
                    .model("dall-e-3")
                    .prompt("{prompt}. {{id} is a brace.")
                    .putParamsItem("size", "1024x1024"))
            .run();

    assertThat(report.isAllCompleted()).as(report.toString()).isTrue();
    assertThat(out.results())
        .allSatisfy(
            line -> assertThat(out.path().resolve(line.path("file").asText())).isNotEmptyFile());
    assertThat(out.results())
        .extracting(line -> line.path("file").asText().replaceAll("\\.[a-z]+$", ""))
        .containsExactlyInAnyOrder("files/000002-_a_", "files/000004-CON");
    try (var rows = elumenta.history().stream()) {
      assertThat(rows.map(row -> row.getPrompt()))
          .containsExactlyInAnyOrder(
              "A lighthouse,\r\nat \"dusk\". {id} is a brace.", "A boat. {id} is a brace.");
    }
  }

  @Test
  void whatIsRefusedStopsNoneOfTheRest() throws IOException {
    Path input =
        file(
            "in.jsonl",
            BatchFolder.line(1),
            "{\"model\":\"gpt-5\",\"prompt\":",
            "{\"prompt\":\"without a model\"}",
            "{\"model\":\"no-such-model\",\"prompt\":\"x\"}",
            "{\"model\":\"gpt-5\",\"prompt\":\"x\",\"params\":{\"temperature\":9}}",
            BatchFolder.line(6));
    service.next().to("createGeneration").fail(Fault.failedGeneration("Content policy violation"));

    BatchReport report = batch(input).parallel(1).run();

    assertThat(report.completed()).isEqualTo(1);
    assertThat(out.failures())
        .extracting(line -> line.path("reason").asText())
        .containsExactly(
            "content_policy", "invalid_input", "invalid_input", "not_found", "validation_error");
    assertThat(out.failures()).allMatch(line -> line.path("charged").asLong(-1) == 0);
    assertThat(out.failures().get(1).path("message").asText()).startsWith("Line 2 is not JSON");

    BatchReport again = batch(input).retryFailed(RetryFailed.FREE).run();
    assertThat(again.completed()).isEqualTo(2);
    assertThat(out.failures()).hasSize(4);
    assertThat(service.tokensCharged()).isEqualTo(2 * GPT_5).isEqualTo(again.tokensSpent());
  }

  @Test
  void theBudgetIsNeverExceeded() {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 40);
    BatchReport report = batch(input).budget(21).run();

    assertThat(report.end()).isEqualTo(BatchEnd.BUDGET_REACHED);
    assertThat(report.completed()).isEqualTo(10);
    assertThat(report.waiting()).isEqualTo(30);
    assertThat(service.tokensCharged()).isEqualTo(20);
    assertThat(service.requests("calculatePrice")).isEqualTo(1);

    assertThat(batch(input).budget(21).run().completedNow()).isZero();
    assertThat(batch(input).budget(80).run().isAllCompleted()).isTrue();
    assertThat(service.tokensCharged()).isEqualTo(80);
  }

  @Test
  void anUnknownOutcomeCountsAtItsPriceAndIsNotSentAgainByItself() {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 3);
    service.always().to("listHistory").fail(Fault.error(500, "internal"));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    BatchReport report = batch(input).parallel(1).budget(5).run();

    assertThat(report.open()).isEqualTo(1);
    assertThat(report.completed()).isEqualTo(1);
    assertThat(report.end()).isEqualTo(BatchEnd.BUDGET_REACHED);
    assertThat(report.tokensOpen()).isEqualTo(GPT_5);
    assertThat(out.open()).extracting(line -> line.path("id").asText()).containsExactly("item 1");

    service.healthy();
    BatchReport again = batch(input).budget(6).run();
    assertThat(again.isAllCompleted()).as(again.toString()).isTrue();
    assertThat(service.generationsCreated()).isEqualTo(3);
    assertThat(out.open()).isEmpty();
    assertThat(elumenta.openCalls()).isEmpty();
  }

  @Test
  void whatCannotBeFoundIsSentAgainOnlyIfAsked() {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 2);
    service.next().to("createGeneration").fail(Fault.resetBeforeProcessing());
    BatchReport report = batch(input).parallel(1).run();
    assertThat(report.open()).isEqualTo(1);
    assertThat(report.end()).isEqualTo(BatchEnd.FINISHED);
    assertThat(batch(input).run().open()).isEqualTo(1);
    assertThat(service.generationsCreated()).isEqualTo(1);

    assertThat(batch(input).resendOpen().run().isAllCompleted()).isTrue();
    assertThat(service.generationsCreated()).isEqualTo(2);
  }

  @Test
  void windowsAreWaitedForVisibly() {
    service.plan(Plan.VIP);
    elumenta.close();
    elumenta = service.client().journal(journal).pacing(true).build();
    Set<Instant> waits = new ConcurrentSkipListSet<>();
    BatchReport report =
        batch(BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 250))
            .listener(progress -> progress.waitingUntil().ifPresent(waits::add))
            .run();

    assertThat(waits).hasSizeGreaterThanOrEqualTo(2);
    assertThat(report.isAllCompleted()).as(report.toString()).isTrue();
    assertThat(service.requestsTooEarly()).isZero();
    assertThat(Duration.between(ru.elumenta.contract.SimulatedTime.START, service.time().now()))
        .isGreaterThan(Duration.ofHours(2));
  }

  @Test
  void anEmptyAccountEndsTheRunAndALaterOneGoesOn() {
    service.balance(7);
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 10);
    BatchReport report = batch(input).parallel(1).run();
    assertThat(report.end()).isEqualTo(BatchEnd.INSUFFICIENT_TOKENS);
    assertThat(report.completed()).isEqualTo(3);
    assertThat(report.failed()).isZero();
    assertThat(report.problem().orElseThrow()).contains("Top up");

    service.balance(100);
    assertThat(batch(input).run().isAllCompleted()).isTrue();
  }

  @Test
  void aRefusedKeyEndsTheRunAtOnce() {
    service.always().to("createGeneration").fail(Fault.tokenExpired());
    BatchReport report = batch(BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 9)).run();
    assertThat(report.end()).isEqualTo(BatchEnd.NOT_AUTHENTICATED);
    assertThat(report.waiting()).isEqualTo(9);
    assertThat(service.requests("createGeneration")).isLessThanOrEqualTo(4);
  }

  @Test
  void thePriceOfTheWholeIsAskedForWithoutChangingAnything() throws IOException {
    Path input =
        file("in.jsonl", BatchFolder.line(1), BatchFolder.line(2), "{}", BatchFolder.line(4));
    BatchPrice price = batch(input).dryRun();
    assertThat(price.items()).isEqualTo(3);
    assertThat(price.tokens()).isEqualTo(3 * GPT_5);
    assertThat(price.invalid()).isEqualTo(1);
    assertThat(out.path()).doesNotExist();
    assertThat(service.requests("createGeneration")).isZero();
    assertThat(batch(input).maxCost(1).dryRun().tooExpensive()).isEqualTo(3);
  }

  @Test
  void ofTwoRunsInOneFolderTheSecondIsRefused() {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 3);
    AtomicReference<RuntimeException> second = new AtomicReference<>();
    batch(input)
        .listener(
            progress -> {
              if (second.get() == null) {
                try {
                  batch(input).run();
                } catch (RuntimeException e) {
                  second.set(e);
                }
              }
            })
        .run();
    assertThat(second.get())
        .isInstanceOfSatisfying(
            BatchException.class,
            e -> assertThat(e.reason()).isEqualTo(BatchException.Reason.IN_USE));
  }

  @Test
  void videosAreWaitedForAndAnInterruptLeavesThemRunning() throws Exception {
    Path input = file("in.jsonl", "{\"model\":\"kling-v2.1\",\"prompt\":\"A boat\"}");
    service.next().to("createGeneration").fail(Fault.slowJob(Duration.ofDays(1)));
    AtomicReference<BatchReport> report = new AtomicReference<>();
    Thread runner = new Thread(() -> report.set(batch(input).run()));
    runner.start();
    while (service.generationsCreated() == 0) {
      Thread.onSpinWait();
    }
    runner.interrupt();
    runner.join();
    assertThat(report.get().running() + report.get().waiting()).isEqualTo(1);

    service.advance(Duration.ofDays(2));
    BatchReport again = batch(input).run();
    assertThat(again.isAllCompleted()).as(again.toString()).isTrue();
    assertThat(service.generationsCreated()).isEqualTo(1);
  }

  @Test
  void aTornLineIsCutOffAndAWholeOneTakenOver() throws IOException {
    Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 4);
    batch(input).parallel(1).run();
    Path state = out.path().resolve(".batch").resolve("state");
    byte[] whole = Files.readAllBytes(state);
    String text = new String(whole, java.nio.charset.StandardCharsets.UTF_8);
    int lastDone = text.lastIndexOf(" D 4 ") - 8;
    Files.write(state, java.util.Arrays.copyOf(whole, lastDone + 5)); // torn in its midst
    Files.writeString(
        out.path().resolve("results.jsonl"), "{\"line\":5,\"id\":\"x", StandardOpenOption.APPEND);

    BatchReport again = batch(input).run();

    assertThat(again.isAllCompleted()).isTrue();
    assertThat(again.completedNow()).isZero();
    assertThat(out.results()).extracting(JsonNode::size).hasSize(4);
    assertThat(service.generationsCreated()).isEqualTo(4);
  }

  @Test
  void twiceTheSameSeedGivesTwiceTheSameSums() {
    BatchReport first = withFaults("first");
    long charged = service.tokensCharged();
    service.reset();
    elumenta.close();
    journal.close();
    journal = FileCallJournal.at(folder.resolve("other.journal")); // the ids come once more
    elumenta = service.client().journal(journal).build();
    BatchReport second = withFaults("second");

    assertThat(second.tokensSpent()).isEqualTo(first.tokensSpent()).isEqualTo(charged);
    assertThat(service.tokensCharged()).isEqualTo(charged);
    assertThat(second.completed()).isEqualTo(first.completed());
    assertThat(second.failed()).isEqualTo(first.failed()).isEqualTo(2);
    assertThat(second.open()).isEqualTo(first.open()).isEqualTo(1);
  }

  /** One that fails, one that is refused, one that never came, and some that come late. */
  private BatchReport withFaults(String name) {
    for (Fault fault :
        List.of(
            Fault.modelUnavailable(),
            Fault.failedGeneration("Content policy violation"),
            Fault.resetAfterProcessing(),
            Fault.error(422, "validation_error"),
            Fault.resetBeforeProcessing(),
            Fault.rateLimited(Duration.ofHours(1)),
            Fault.brokenJson())) {
      service.next().to("createGeneration").fail(fault);
    }
    return batch(BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 20))
        .output(folder.resolve(name))
        .parallel(1)
        .run();
  }
}
