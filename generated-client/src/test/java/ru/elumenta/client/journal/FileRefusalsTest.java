package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.error.Execution;

/** Files that are no good: each is refused in words that say what to do, and left as it is. */
class FileRefusalsTest {
  @TempDir private Path folder;
  private JournalOnFile on;

  @BeforeEach
  void begin() {
    on = new JournalOnFile(folder);
  }

  @AfterEach
  void end() {
    on.close();
  }

  /** Every method says it, and nothing may be sent. */
  private void assertRefused(String... sentences) throws IOException {
    byte[] before = Files.readAllBytes(on.file());
    OpenCall call = Calls.image();
    assertThatThrownBy(() -> on.journal().open(call, Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(on.file().toString())
        .hasMessageContainingAll(sentences)
        .hasMessageContaining("Nothing was sent and nothing was charged.")
        .extracting(each -> ((JournalException) each).execution())
        .isEqualTo(Execution.NOT_EXECUTED);
    assertThatThrownBy(() -> on.journal().openCalls()).isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> on.journal().claims(Set.of("gen_1")))
        .isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> on.journal().claim("gen_1", call, Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("What became of the call is not changed by this");
    assertThat(Files.readAllBytes(on.file())).isEqualTo(before);
  }

  @Test
  void aDamagedLineIsNoTornOne() throws IOException {
    on.opened();
    on.opened();
    on.close();
    String text = Files.readString(on.file());
    Files.writeString(on.file(), text.replaceFirst("dall-e-3", "dall-e-4"));
    on.restart();

    assertRefused("has a line, at byte 24, whose checksum is wrong", "damaged", "Keep a copy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elumenta-call-journal 2\n", "elumenta-call-journal 10\nwhatever\n"})
  void aFileOfALaterVersionIsLeftAlone(String text) throws IOException {
    on.write(text);
    assertRefused("is of version", "a later version of this client", "Use that version");
  }

  @Test
  void aLineOfALaterVersionIsLeftAlone() throws IOException {
    on.opened();
    on.append(line("{\"is\":\"paused\"}"));
    assertRefused("a line of a kind unknown here", "a later version of this client");
  }

  @Test
  void aCallOfALaterVersionIsLeftAlone() throws IOException {
    on.opened();
    on.append(line("{\"is\":\"opened\",\"owner\":1,\"call\":{\"version\":2}}"));
    assertRefused("a call in a form unknown here", "a later version of this client");
  }

  @Test
  void anIntactLineWithoutSenseIsDamage() throws IOException {
    on.opened();
    on.append(line("{\"is\":\"opened\",\"owner\":1,\"call\":{\"version\":1}}"));
    assertRefused("makes no sense", "damaged");
  }

  @Test
  void anotherKindOfFileIsNotTouched() throws IOException {
    on.write("{\"access_token\": \"of a session\"}");
    assertRefused("is another kind of file", "this one was not touched");
  }

  @Test
  void aFileThatBecameShorterIsNotGoneOnWith() throws IOException {
    on.opened();
    on.opened();
    try (var file = FileChannel.open(on.file(), StandardOpenOption.WRITE)) {
      file.truncate(100);
    }
    assertThatThrownBy(() -> on.journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("has become shorter");
  }

  @Test
  void aFileThatDisappearsIsMissedUntilTheJournalIsOpenedAnew() throws IOException {
    on.opened();
    Files.delete(on.file());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> on.journal().open(Calls.image(), Calls.PATIENCE))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("has disappeared while it was in use");
    }
    on.restart();
    OpenCall call = on.opened();
    assertThat(on.journal().openCalls()).containsExactly(call);
  }

  @Test
  void aFolderIsNoJournal() throws IOException {
    Files.createDirectories(on.file());
    assertThatThrownBy(() -> on.journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is a folder. Nothing was sent");
  }

  @Test
  void aFileInThePathIsNoFolder() throws IOException {
    Files.writeString(folder.resolve("missing"), "a file");
    assertThatThrownBy(() -> on.journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("something in its path is a file and no folder");
  }

  @Test
  void whoeverClosedItIsTold() {
    on.opened();
    on.journal().close();
    assertThatThrownBy(() -> on.journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("was closed");
  }

  private static byte[] line(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    var sum = new CRC32C();
    sum.update(bytes);
    return "%08x %s\n".formatted(sum.getValue(), json).getBytes(StandardCharsets.UTF_8);
  }
}
