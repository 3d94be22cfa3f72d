package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.model.GenerationId;

/** What is done otherwise for Windows, as far as another system can tell. */
class WindowsTest {
  private static Properties system(String... namesAndValues) {
    Properties system = new Properties();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      system.setProperty(namesAndValues[i], namesAndValues[i + 1]);
    }
    return system;
  }

  @ParameterizedTest
  @CsvSource({
    "CON, _CON",
    "nul, _nul",
    "Com1, _Com1",
    "LPT9, _LPT9",
    "aux, _aux",
    "PRN, _PRN",
    "CONSOLE, CONSOLE",
    "COM10, COM10",
    "a:b?c*d<e>f|g\"h, a_b_c_d_e_f_g_h",
    "'dots.. ', dots___",
    "../../etc/passwd, ______etc_passwd",
    "-rf, _-rf",
    "18473, 18473"
  })
  void anIdIsANameOfAFileOnEverySystem(String id, String name) {
    Generation generation =
        new Generation().id(GenerationId.of(id)).resultUrl("https://x.test/a/b.webp?c=/d.exe");

    assertThat(ResultOutput.name(generation)).isEqualTo(name + ".webp");
  }

  @Test
  void aLongIdIsAShortName() {
    Generation generation = new Generation().id(GenerationId.of("x".repeat(5000)));

    assertThat(ResultOutput.name(generation)).hasSize(100);
  }

  @Test
  void aConsoleOfWindowsGetsItsOwnCodePageAndProgramsGetUtf8() {
    Properties java17 = system("os.name", "Windows 11", "sun.stdout.encoding", "cp866");
    Properties java19 = system("os.name", "Windows 11", "stdout.encoding", "windows-1252");

    assertThat(OutputCharset.of("stdout", true, java17)).isEqualTo(Charset.forName("IBM866"));
    assertThat(OutputCharset.of("stdout", true, java19)).isEqualTo(Charset.forName("cp1252"));
    assertThat(OutputCharset.of("stderr", true, java19)).isEqualTo(StandardCharsets.UTF_8);
    assertThat(OutputCharset.of("stdout", false, java19)).isEqualTo(StandardCharsets.UTF_8);
    assertThat(OutputCharset.of("stdout", true, system("os.name", "Windows 10")))
        .isEqualTo(StandardCharsets.UTF_8);
    assertThat(OutputCharset.of("stdout", true, system("os.name", "Linux", "stdout.encoding", "x")))
        .isEqualTo(StandardCharsets.UTF_8);
  }

  @Test
  void theLauncherIsWhatCmdReads() throws IOException {
    String launcher =
        Files.readString(Path.of("src/main/dist/elumenta.cmd"), StandardCharsets.US_ASCII);

    assertThat(launcher.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    assertThat(launcher).startsWith("@echo off\r\n").endsWith("%*\r\n");
    assertThat(Files.readString(Path.of("../.gitattributes"))).contains("*.cmd text eol=crlf");
    List<String> options = List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xlog:disable");
    assertThat(launcher).contains(options);
    assertThat(Files.readString(Path.of("src/main/dist/elumenta"))).contains(options);
  }
}
