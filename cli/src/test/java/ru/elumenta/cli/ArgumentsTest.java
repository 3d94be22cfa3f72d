package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java could not read is taken from the system, and nothing else is. */
class ArgumentsTest {
  private static final String ASCII = "ANSI_X3.4-1968";

  @TempDir Path folder;

  private Path line(String... words) throws IOException {
    return Files.writeString(folder.resolve("cmdline"), String.join("\0", words) + "\0");
  }

  @Test
  void whatWasTypedTakesThePlaceOfQuestionMarks() throws IOException {
    Path line = line("java", "-jar", "elumenta.jar", "generate", "gpt-5", "Чай? Да", "");

    assertThat(
            Arguments.asTyped(new String[] {"generate", "gpt-5", "??????? ????", ""}, ASCII, line))
        .containsExactly("generate", "gpt-5", "Чай? Да", "");
  }

  @Test
  void anotherCommandLineIsNotTaken() throws IOException {
    String[] given = {"generate", "gpt-5", "????"};

    assertThat(Arguments.asTyped(given, ASCII, line("java", "generate", "gpt-4", "Да")))
        .isSameAs(given);
    assertThat(Arguments.asTyped(given, ASCII, line("gpt-5", "Да"))).isSameAs(given);
    assertThat(Arguments.asTyped(given, ASCII, folder.resolve("none"))).isSameAs(given);
  }

  @Test
  void whatJavaCouldReadIsNotReadAgain() throws IOException {
    String[] given = {"Ча?"};

    for (String charset : new String[] {"UTF-8", "windows-1251", "", "no such"}) {
      assertThat(Arguments.asTyped(given, charset, line("Чай"))).isSameAs(given);
    }
  }

  @Test
  void bytesOfNoKnownCharsetAreRefused() throws IOException {
    Path line = folder.resolve("cmdline");
    Files.write(line, "caf\u00e9\0".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Arguments.asTyped(new String[] {"caf?"}, ASCII, line))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Nothing was sent");
  }
}
