package ru.elumenta.contract.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.batch.Batch;
import ru.elumenta.client.batch.BatchEnd;
import ru.elumenta.client.batch.BatchException;
import ru.elumenta.client.batch.BatchReport;
import ru.elumenta.client.batch.RetryFailed;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.options.Recovery;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Plan;

/**
 * How items and runs of a batch end when they do not end well, and what a later run makes of it.
 */
class BatchEndsTest {
  private static final String FILM = "{\"model\":\"kling-v2.1\",\"prompt\":\"A boat\"}";

  @TempDir Path folder;

  private ElumentaSimulator service;
  private FileCallJournal journal;
  private ElumentaClient elumenta;
  private BatchFolder out;

  @BeforeEach
  void start() {
    service = ElumentaSimulator.builder().plan(Plan.VIP).balance(1_000_000).start();
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

  private Batch batch(String... lines) throws IOException {
    return batch(elumenta, Files.write(folder.resolve("in.jsonl"), List.of(lines)));
  }

  private Batch batch(ElumentaClient client, Path input) {
    return Batch.with(client)
        .input(input)
        .output(out.path())
        .timeSource(service.time())
        .parallel(1);
  }

  @Test
  void whatCannotBeToldIsNeverSentAgainEvenIfAsked() throws IOException {
    service.always().to("listHistory").fail(Fault.error(500, "internal"));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    service.next().to("createGeneration").fail(Fault.resetBeforeProcessing());
    String alike = "{\"model\":\"gpt-5\",\"prompt\":\"x\",\"params\":{\"temperature\":0.%d}}";
    Batch twins = batch(alike.formatted(5), alike.formatted(7)); // of which the history shows one
    try (ElumentaClient hasty = service.client().journal(journal).recovery(Recovery.FAIL).build()) {
      assertThat(batch(hasty, folder.resolve("in.jsonl")).run().open()).isEqualTo(2);
    }
    service.healthy();

    BatchReport report = twins.resendOpen().run();

    assertThat(report.open()).as("%s %s", report, service.generationsCreated()).isEqualTo(2);
    assertThat(out.open())
        .extracting(line -> line.path("why").asText())
        .allMatch(
            why ->
                why.startsWith(
                    "It cannot be told whether it ran. Another call with the same model"));
    assertThat(service.generationsCreated()).isEqualTo(1);
    assertThat(elumenta.openCalls()).hasSize(2);
  }

  @Test
  void whatTheJournalDoesNotKnowIsNotSentAgainEvenIfAsked() throws IOException {
    service.always().to("listHistory").fail(Fault.error(500, "internal"));
    service.next().to("createGeneration").fail(Fault.resetAfterProcessing());
    assertThat(batch(BatchFolder.line(1)).run().open()).isEqualTo(1);
    service.healthy();

    try (FileCallJournal another = FileCallJournal.at(folder.resolve("other.journal"));
        ElumentaClient stranger = service.client().journal(another).build()) {
      BatchReport report = batch(stranger, folder.resolve("in.jsonl")).resendOpen().run();
      assertThat(report.open()).isEqualTo(1);
    }
    assertThat(out.open().get(0).path("why").asText()).contains("does not know its call");
    assertThat(batch(elumenta, folder.resolve("in.jsonl")).run().isAllCompleted()).isTrue();
    assertThat(service.generationsCreated()).isEqualTo(1);
  }

  /** The film takes longer than its file is kept, until the account is one that keeps all. */
  @Test
  void aGenerationThatGoesOnIsTakenUpAndAFileThatWasNotThereFetchedForNothing() throws IOException {
    service.next().to("createGeneration").fail(Fault.slowJob(Duration.ofDays(91)));
    Batch batch = batch(FILM);

    BatchReport running = batch.run();
    assertThat(running.end()).isEqualTo(BatchEnd.STILL_RUNNING);
    assertThat(running.running()).isEqualTo(1);
    assertThat(out.open().get(0).path("status").asText()).isEqualTo("running");

    service.advance(Duration.ofDays(92));
    BatchReport unfetched = batch.run();
    assertThat(unfetched.end()).isEqualTo(BatchEnd.FINISHED);
    JsonNode failure = out.failures().get(0);
    assertThat(failure.path("reason").asText()).isEqualTo("download_failed");
    assertThat(failure.path("charged").asLong()).isEqualTo(service.tokensCharged()).isPositive();
    assertThat(batch.run().failed()).isEqualTo(1);

    service.plan(Plan.ELITE);
    BatchReport fetched = batch.retryFailed(RetryFailed.FREE).run();
    assertThat(fetched.isAllCompleted()).as(fetched.toString()).isTrue();
    assertThat(out.path().resolve(out.results().get(0).path("file").asText())).hasSize(10_000);
    assertThat(fetched.tokensSpent()).isEqualTo(service.tokensCharged());
    assertThat(service.generationsCreated()).isEqualTo(1);
  }

  @Test
  void whatMayHaveBeenChargedIsPaidForOnceMoreOnlyIfAllIsAskedFor() throws IOException {
    service.always().to("getGeneration").fail(Fault.error(404, "not_found"));
    Batch batch = batch(FILM).budget(1_000);
    BatchReport lost = batch.run();
    assertThat(lost.failed()).isEqualTo(1);
    assertThat(out.failures().get(0).path("charged").isNull()).isTrue();
    long counted = out.failures().get(0).path("counted").asLong();
    assertThat(counted).isPositive().isEqualTo(lost.tokensSpent());
    service.healthy();

    assertThat(batch.retryFailed(RetryFailed.FREE).run().failed()).isEqualTo(1);
    assertThat(service.generationsCreated()).isEqualTo(1);

    BatchReport again = batch.retryFailed(RetryFailed.ALL).run();
    assertThat(again.isAllCompleted()).as(again.toString()).isTrue();
    assertThat(again.tokensSpent()).as("the first counts on").isEqualTo(2 * counted);
    assertThat(service.generationsCreated()).isEqualTo(2);
    assertThat(out.failures()).isEmpty();
  }

  @Test
  void aServiceOutOfReachEndsTheRunAfterHalfAnHourAndNothingIsLost() throws IOException {
    Batch reachable = batch(BatchFolder.line(1), BatchFolder.line(2));
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    var before = service.time().now();
    try (ElumentaClient unreachable =
        service.client().baseUrl("http://127.0.0.1:" + nobody).journal(journal).build()) {
      BatchReport report = batch(unreachable, folder.resolve("in.jsonl")).run();
      assertThat(report.end()).isEqualTo(BatchEnd.UNREACHABLE);
      assertThat(report.waiting()).isEqualTo(2);
      assertThat(report.failed() + report.open()).isZero();
    }
    assertThat(Duration.between(before, service.time().now()))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(45));

    assertThat(reachable.run().isAllCompleted()).isTrue();
    assertThat(service.generationsCreated()).isEqualTo(2);
  }

  /**
   * What was answered while nothing could be written is looked for later: also by the same process,
   * which knows that nobody waits for it any more, and also if the journal could not be told.
   */
  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "false, true"})
  void aFullDiskEndsTheRunAndWithRoomItGoesOnPayingNothingTwice(
      boolean isRestarted, boolean isJournalThereToo) throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(isDone("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk.toString()));
    try {
      if (isJournalThereToo) {
        restart(disk.resolve("calls.journal"));
      }
      Path input = BatchFolder.prompts(folder.resolve("in.jsonl"), 1, 800);
      service.plan(Plan.ELITE);
      out = new BatchFolder(disk.resolve("out"));
      Batch batch = batch(elumenta, input).parallel(8);

      assertThatThrownBy(batch::run)
          .isInstanceOfAny(BatchException.class, JournalException.class)
          .hasMessageContaining("Make room");
      assertThat(service.generationsCreated()).isBetween(1, 799);
      assertThat(elumenta.openCalls())
          .as("nobody waits any more")
          .allMatch(call -> isJournalThereToo || call.state() == OpenCall.State.LOST);
      assertThat(isDone("mount", "-o", "remount,size=8m", disk.toString())).isTrue();

      if (isRestarted) {
        restart(folder.resolve("calls.journal"));
      }
      BatchReport report = batch(elumenta, input).run();
      assertThat(report.isAllCompleted()).as("%s %s", report, out.open()).isTrue();
      assertThat(out.results()).hasSize(800);
      assertThat(service.generationsCreated()).isEqualTo(800);
      assertThat(report.tokensSpent()).isEqualTo(service.tokensCharged());
      assertThat(elumenta.openCalls()).isEmpty();
    } finally {
      elumenta.close();
      journal.close();
      isDone("umount", disk.toString());
    }
  }

  /** As a new process would find it. */
  private void restart(Path calls) {
    elumenta.close();
    journal.close();
    journal = FileCallJournal.at(calls);
    elumenta = service.client().journal(journal).build();
  }

  /** Only a superuser may mount. */
  private static boolean isDone(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
