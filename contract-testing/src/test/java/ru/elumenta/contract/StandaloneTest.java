package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The simulator as a program of its own, asked by a client that knows nothing of ours. */
class StandaloneTest {
  private static Process started(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String after(String label, BufferedReader printed) throws IOException {
    for (String line = printed.readLine(); line != null; line = printed.readLine()) {
      if (line.startsWith(label)) {
        return line.substring(label.length()).strip();
      }
    }
    throw new AssertionError("It did not print: " + label);
  }

  @Test
  void itSaysHowToBeAskedFailsAsItWasToldAndPrintsWhatWasWrong() throws Exception {
    Process simulator =
        started(
            "port=0",
            "balance=7",
            "fault=getBalance:modelUnavailable:1",
            "fault=*:rowClock:always:ahead=-1h");
    try (BufferedReader printed = simulator.inputReader()) {
      String url = after("Simulated Elumenta at", printed);
      String key = after("API key:", printed);
      assertThat(after("Console:", printed)).endsWith("/__elumenta/");
      HttpClient http = HttpClient.newHttpClient(); // offers HTTP/2
      HttpRequest.Builder request =
          HttpRequest.newBuilder()
              .header("Authorization", "Bearer " + key)
              .timeout(Duration.ofSeconds(20));
      HttpRequest balance = request.copy().uri(URI.create(url + "/balance")).build();

      assertThat(http.send(balance, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
      assertThat(http.send(balance, BodyHandlers.ofString()).body())
          .contains("\"token_balance\":7");
      http.send(
          request
              .uri(URI.create(url + "/generate"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{\"model\":\"gpt-5\",\"promt\":\"Hi\"}"))
              .build(),
          BodyHandlers.ofString());

      assertThat(after("finding:", printed))
          .startsWith("createGeneration request /promt: UNKNOWN_MEMBER");
    } finally {
      simulator.destroy(); // as Ctrl-C does
    }
    assertThat(simulator.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot=8080 | Unknown option prot=8080; there are port, plan, balance, dialect, seed, log,"
            + " fault",
        "help | Unknown option help; there are port, plan",
        "plan=gold | plan is 'gold', and must be one of free, basic, pro, vip, elite.",
        "dialect=third | dialect is 'third', and must be one of first, second.",
        "log=some | log is 'some', and must be one of all, findings, none.",
        "port=70000 | port is '70000', and must be a whole number from 0 to 65535.",
        "port= | port is '', and must be a whole number",
        "balance=-1 | balance is '-1', and must be a whole number from 0 on.",
        "seed=x | seed is 'x', and must be a whole number.",
        "fault=createGeneration:modelUnavailabel:2 | There is no fault modelUnavailabel; there are"
            + " modelUnavailable, providerError,",
        "fault=createGenerations:stall | The contract has no operation createGenerations; it has"
            + " createGeneration, streamGeneration",
        "fault=getBalance:lateRows | The fault lateRows cannot come to getBalance; it can to"
            + " createGeneration, ",
        "fault=createGeneration:stall:0 | times of a fault is '0', and must be a whole number from"
            + " 1",
        "fault=createGeneration:slowJob:1:tiem=3m | The fault slowJob takes no tiem; it takes"
            + " time.",
        "fault=createGeneration:slowJob:1:time=long | 'long' is no duration; it is a number with",
        "fault=listHistory:rowTimes:1:form=odd | The fault rowTimes has form 'odd', which must be"
            + " one of without_zone,",
        "fault=stall | fault is 'stall', and must be operation:name:times"
      })
  void anOptionThatIsWrongIsSaidInOneSentence(String option, String sentence) throws Exception {
    Process simulator = started("port=0", option);

    String printed = new String(simulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(printed).startsWith(sentence).hasLineCount(1);
    assertThat(simulator.waitFor()).isEqualTo(2);
  }

  @Test
  void aTakenPortIsSaidInOneSentence() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process simulator = started("port=" + other.getLocalPort());

      assertThat(new String(simulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines(
              "Port %d of this machine is taken; give another, or 0 for any free one."
                  .formatted(other.getLocalPort()));
      assertThat(simulator.waitFor()).isEqualTo(2);
    }
  }

  @Test
  void helpNamesEveryOptionAndEveryFaultAndSoDoesThePage() throws Exception {
    Process simulator = started("--help");
    String help = new String(simulator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String page = Files.readString(Path.of("..", "docs", "simulating-failures.md"));

    assertThat(simulator.waitFor()).isZero();
    for (String option : List.of("port", "plan", "balance", "dialect", "seed", "log", "fault")) {
      assertThat(help).contains("  " + option + "=");
      assertThat(page).contains("`" + option + "=");
    }
    assertThat(help)
        .contains(
            "--help", "Exit codes", "resetAfterProcessing", "lateRows time=3m", "withoutEvents");
  }
}
