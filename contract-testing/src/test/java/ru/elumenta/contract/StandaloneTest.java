package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

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
  void itSaysHowToBeAskedAndFailsAsItWasTold() throws Exception {
    Process simulator = started("port=0", "balance=7", "fault=getBalance:modelUnavailable:1");
    try (BufferedReader printed = simulator.inputReader()) {
      String url = after("Simulated Elumenta at", printed);
      String key = after("API key:", printed);
      HttpClient http = HttpClient.newHttpClient(); // offers HTTP/2
      HttpRequest balance =
          HttpRequest.newBuilder(URI.create(url + "/balance"))
              .header("Authorization", "Bearer " + key)
              .timeout(Duration.ofSeconds(20))
              .build();

      assertThat(http.send(balance, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
      assertThat(http.send(balance, BodyHandlers.ofString()).body())
          .contains("\"token_balance\":7");
    } finally {
      simulator.destroy(); // as Ctrl-C does
    }
    assertThat(simulator.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anOptionThatIsWrongIsSaid() throws Exception {
    Process simulator = started("prot=8080");

    assertThat(new String(simulator.getInputStream().readAllBytes()))
        .contains("Unknown option prot=8080; there are port, plan");
    assertThat(simulator.waitFor()).isEqualTo(2);
  }
}
