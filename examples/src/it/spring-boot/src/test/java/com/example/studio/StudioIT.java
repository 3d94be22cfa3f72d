package com.example.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/** The packed application is started, used, looked at and stopped. */
class StudioIT {
  private static final int TERMINATED = 128 + 15;

  private final ElumentaSimulator service =
      ElumentaSimulator.builder().time(TimeSource.system()).start();

  @TempDir Path folder;

  @AfterEach
  void obeysTheContract() {
    service.close();
    assertThat(service.findings()).isEmpty();
    assertThat(service.doubleCharges()).isZero();
  }

  private RunningJar started(String... further) throws Exception {
    return started(List.of(), further);
  }

  private RunningJar started(List<String> jvm, String... further) throws Exception {
    String[] arguments =
        Stream.concat(
                Stream.of(
                    "--elumenta.journal.file=" + folder.resolve("calls.journal"),
                    "--elumenta.polling.interval=200ms"),
                Stream.of(further))
            .toArray(String[]::new);
    return new RunningJar(service, jvm, arguments);
  }

  @Test
  void aTextIsStreamedAVideoIsMadeAndBothAreSeenByTheActuator() throws Exception {
    try (RunningJar studio = started()) {
      assertThat(studio.get("/actuator/health")).startsWith("200").contains("\"elumenta\":");

      assertThat(studio.get("/texts?prompt=A%20lighthouse"))
          .startsWith("200 event:delta")
          .contains("event:end");

      service.next().to("createGeneration").fail(Fault.slowJob(Duration.ofSeconds(2)));
      String page = order(studio).headers().firstValue("Location").orElseThrow();
      assertThat(studio.get(page)).contains("\"percent\":").doesNotContain("completed");
      await(() -> get(studio, page).contains("\"status\":\"completed\""));
      assertThat(studio.get(page)).contains("\"percent\":100", "\"url\":\"http");

      assertThat(service.charges()).isEqualTo(2);
      assertThat(studio.get("/actuator/health"))
          .contains("\"lastAnswer\":", "\"keyRefused\":false");
      assertThat(studio.get("/actuator/metrics")).contains("jvm.memory.used");
      String metrics = studio.get("/actuator/prometheus");
      assertThat(metrics).contains("http_server_requests_seconds_count");
      assertThat(sum(metrics, "elumenta_stream_seconds_count", "gpt-5-nano")).isEqualTo(1);
      assertThat(sum(metrics, "elumenta_job_seconds_count", "kling-v2.1")).isEqualTo(1);
      assertThat(sum(metrics, "gen_ai_client_operation_duration_seconds_count", "")).isEqualTo(2);
      assertThat(sum(metrics, "http_client_request_duration_seconds_count", ""))
          .isEqualTo(service.requests());
      assertThat(sum(metrics, "elumenta_charged_tokens_total", ""))
          .isEqualTo(service.tokensCharged());
      assertThat(sum(metrics, "elumenta_waiting_jobs", "")).isZero();
      assertThat(metrics).contains("elumenta_requests_left{", "elumenta_window=\"hour\"");
    }
  }

  /** The sum of what a meter counts, of the lines that have a value of a label. */
  private static double sum(String metrics, String meter, String label) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(meter + "{") && line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  @Test
  void whoIsToldToEndWhileATextIsStreamedEndsItFirst() throws Exception {
    service.next().fail(Fault.drip(Duration.ofMillis(5)));
    try (RunningJar studio = started()) {
      HttpResponse<Stream<String>> text =
          studio
              .browser()
              .send(studio.request("/texts?prompt=A").build(), BodyHandlers.ofLines());
      Iterator<String> lines = text.body().iterator();
      assertThat(lines.next()).isEqualTo("event:delta");

      studio.terminate();

      String last = "";
      while (lines.hasNext()) {
        String line = lines.next();
        last = line.isEmpty() ? last : line;
      }
      assertThat(last).startsWith("data:{\"tokens\":");
      assertThat(studio.exitCode()).isEqualTo(TERMINATED);
    }
    assertThat(service.charges()).isEqualTo(1);
    assertThat(openCalls()).isEmpty();
  }

  @Test
  void whatWasPaidAndNeverAnsweredIsInTheJournalAndFoundByTheNextProcess() throws Exception {
    service.next().to("createGeneration").fail(Fault.delay(Duration.ofMinutes(5)));
    try (RunningJar studio = started("--spring.lifecycle.timeout-per-shutdown-phase=1s")) {
      CompletableFuture<?> lost =
          studio.browser().sendAsync(order(studio, "A"), BodyHandlers.ofString());
      await(() -> service.charges() == 1);

      studio.terminate();

      assertThat(studio.exitCode()).isEqualTo(TERMINATED);
      lost.handle((answer, failure) -> answer).join();
    }
    assertThat(openCalls()).hasSize(1);
    assertThat(openCalls().get(0).state()).isNotEqualTo(OpenCall.State.UNDER_WAY);
    assertThat(service.requests("createGeneration")).isEqualTo(1);

    try (RunningJar again = started()) {
      again.awaitLine(Pattern.compile("Found again: \\S+"));
    }
    assertThat(openCalls()).isEmpty();
    assertThat(service.requests("createGeneration")).isEqualTo(1);
    assertThat(service.charges()).isEqualTo(1);
  }

  @Test
  void itRunsAsWrittenDownAheadOfTimeByABuildThatHadNoKey() throws Exception {
    int built = Runtime.version().feature();
    assumeTrue(
        built <= Integer.getInteger("application.jdk", built),
        "What a newer JDK has written down uses what only that has, such as virtual threads.");
    try (RunningJar studio = started(List.of("-Dspring.aot.enabled=true"))) {
      assertThat(studio.get("/texts?prompt=A")).startsWith("200 event:delta");
      assertThat(studio.get("/actuator/health")).contains("\"elumenta\":", "\"lastAnswer\":");
    }
    assertThat(service.charges()).isEqualTo(1);
  }

  private static HttpResponse<String> order(RunningJar studio) throws Exception {
    return studio.browser().send(order(studio, "A"), BodyHandlers.ofString());
  }

  private static HttpRequest order(RunningJar studio, String prompt) {
    return studio.request("/videos?prompt=" + prompt).POST(BodyPublishers.noBody()).build();
  }

  private static String get(RunningJar studio, String page) {
    try {
      return studio.get(page);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private List<OpenCall> openCalls() {
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"))) {
      return journal.openCalls();
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it takes too long").isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
