package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** From the jar to the first picture, by the commands of the page, in two shells. */
@DisabledOnOs(OS.WINDOWS)
class NewcomersMinuteTest {
  private static final Pattern MINUTE =
      Pattern.compile("```sh\n(java -jar elumenta.jar simulate .*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void threeCommandsMakeAPicture() throws Exception {
    Matcher found = MINUTE.matcher(Files.readString(Path.of("..", "docs", "command-line.md")));
    assertThat(found.find()).isTrue();
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(found.group());
    List<String> commands = found.group(1).lines().toList();
    assertThat(commands).hasSize(3);
    String port = Integer.toString(freePort());

    Process simulator = shell(commands.get(0), port);
    try (BufferedReader printed = simulator.inputReader()) {
      String line = printed.readLine();
      while (line != null && !line.contains("Ctrl-C")) {
        line = printed.readLine();
      }
      assertThat(line).as("the simulator runs").isNotNull();

      Process picture = shell(commands.get(1) + "\n" + commands.get(2), port);
      String said = new String(picture.getInputStream().readAllBytes());

      assertThat(picture.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(picture.exitValue()).as(said).isZero();
      assertThat(folder.resolve("lighthouse.webp")).hasSize(10_000);
    } finally {
      simulator.destroy();
      simulator.waitFor();
    }
  }

  private Process shell(String commands, String port) throws IOException {
    String java =
        "'%s' -XX:TieredStopAtLevel=1 -cp '%s' ru.elumenta.cli.Main"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")));
    String script =
        commands.replace("java -jar elumenta.jar", "exec " + java).replace("8080", port);
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script).directory(folder.toFile());
    builder.environment().put("ELUMENTA_HOME", folder.resolve("home").toString());
    return builder.redirectErrorStream(true).start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
