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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.error.Execution;

/** Files that are no good: each is refused in words that say what to do, and left as it is. */
class FileRefusalsTest {
  @TempDir private Path folder;
  private FileCallJournal journal;

  private FileCallJournal journal() {
    if (journal == null) {
      journal = FileCallJournal.at(file());
    }
    return journal;
  }

  @AfterEach
  void close() {
    if (journal != null) {
      journal.close();
    }
  }

  private Path file() {
    return folder.resolve("missing/calls.journal");
  }

  private void restart() {
    close();
    journal = FileCallJournal.at(file());
  }

  private OpenCall opened() {
    OpenCall call = Calls.image();
    journal().open(call, Calls.PATIENCE);
    return call;
  }

  private void write(String text) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  private void append(byte[] bytes) throws IOException {
    Files.write(file(), bytes, StandardOpenOption.APPEND);
  }

  /** Every method says it, and nothing may be sent. */
  private void assertRefused(String... sentences) throws IOException {
    byte[] before = Files.readAllBytes(file());
    OpenCall call = Calls.image();
    assertThatThrownBy(() -> journal().open(call, Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(file().toString())
        .hasMessageContainingAll(sentences)
        .hasMessageContaining("Nothing was sent and nothing was charged.")
        .extracting(each -> ((JournalException) each).execution())
        .isEqualTo(Execution.NOT_EXECUTED);
    assertThatThrownBy(() -> journal().openCalls()).isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> journal().claims(Set.of("gen_1")))
        .isInstanceOf(JournalException.class);
    assertThatThrownBy(() -> journal().claim("gen_1", call, Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("What became of the call is not changed by this");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void aDamagedLineIsNoTornOne() throws IOException {
    opened();
    opened();
    close();
    String text = Files.readString(file());
    Files.writeString(file(), text.replaceFirst("dall-e-3", "dall-e-4"));
    restart();

    assertRefused("has a line, at byte 24, whose checksum is wrong", "damaged", "Keep a copy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elumenta-call-journal 2\n", "elumenta-call-journal 10\nwhatever\n"})
  void aFileOfALaterVersionIsLeftAlone(String text) throws IOException {
    write(text);
    assertRefused("is of version", "a later version of this client", "Use that version");
  }

  @Test
  void aLineOfALaterVersionIsLeftAlone() throws IOException {
    opened();
    append(line("{\"is\":\"paused\"}"));
    assertRefused("a line of a kind unknown here", "a later version of this client");
  }

  @Test
  void aCallOfALaterVersionIsLeftAlone() throws IOException {
    opened();
    append(line("{\"is\":\"opened\",\"owner\":1,\"call\":{\"version\":2}}"));
    assertRefused("a call in a form unknown here", "a later version of this client");
  }

  @Test
  void anIntactLineWithoutSenseIsDamage() throws IOException {
    opened();
    append(line("{\"is\":\"opened\",\"owner\":1,\"call\":{\"version\":1}}"));
    assertRefused("makes no sense", "damaged");
  }

  @Test
  void anotherKindOfFileIsNotTouched() throws IOException {
    write("{\"access_token\": \"of a session\"}");
    assertRefused("is another kind of file", "this one was not touched");
  }

  @Test
  void aFileThatBecameShorterIsNotGoneOnWith() throws IOException {
    opened();
    opened();
    try (var file = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      file.truncate(100);
    }
    assertThatThrownBy(() -> journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("has become shorter");
  }

  @Test
  void aFileThatDisappearsIsMissedUntilTheJournalIsOpenedAnew() throws IOException {
    opened();
    Files.delete(file());
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> journal().open(Calls.image(), Calls.PATIENCE))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("has disappeared while it was in use");
    }
    restart();
    OpenCall call = opened();
    assertThat(journal().openCalls()).containsExactly(call);
  }

  @Test
  void aFolderIsNoJournal() throws IOException {
    Files.createDirectories(file());
    assertThatThrownBy(() -> journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("is a folder. Nothing was sent");
  }

  @Test
  void aFileInThePathIsNoFolder() throws IOException {
    Files.writeString(folder.resolve("missing"), "a file");
    assertThatThrownBy(() -> journal().open(Calls.image(), Calls.PATIENCE))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("something in its path is a file and no folder");
  }

  @Test
  void whoeverClosedItIsTold() {
    opened();
    journal.close();
    assertThatThrownBy(() -> journal.open(Calls.image(), Calls.PATIENCE))
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
