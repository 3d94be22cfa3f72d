package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that ends anywhere, or says anything else at one place. */
class JournalTearsTest {
  @TempDir private Path folder;
  private final TreeMap<Long, List<OpenCall>> listedAtLength = new TreeMap<>();
  private byte[] whole;

  /** A journal with a record of each kind, and what it listed after each. */
  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("whole");
    Map<String, OpenCall> open = new LinkedHashMap<>();
    try (FileCallJournal journal = FileCallJournal.at(file)) {
      for (int i = 0; i < 4; i++) {
        OpenCall call = Calls.image("A prompt " + i, Calls.NOW);
        journal.open(call, Calls.PATIENCE);
        open.put(call.id(), call.abandoned());
        note(file, open);
        if (i == 1) {
          journal.close(call.id(), CallOutcome.unknown(Calls.NOW));
          open.put(call.id(), call.lost(Calls.NOW));
          note(file, open);
        } else if (i == 2) {
          journal.claim("gen_2", call, Calls.PATIENCE);
          note(file, open);
          journal.close(call.id(), CallOutcome.notExecuted());
          open.remove(call.id());
          note(file, open);
        }
      }
    }
    whole = Files.readAllBytes(file);
  }

  private void note(Path file, Map<String, OpenCall> open) throws IOException {
    listedAtLength.put(Files.size(file), new ArrayList<>(open.values()));
  }

  private List<OpenCall> listed(int length) {
    Map.Entry<Long, List<OpenCall>> before = listedAtLength.floorEntry((long) length);
    return before == null ? List.of() : before.getValue();
  }

  @Test
  void cutAtAnyByteItListsWhatWasWrittenBeforeAndGoesOn() throws IOException {
    for (int length = 0; length <= whole.length; length++) {
      Path file = folder.resolve("cut-" + length);
      Files.write(file, Arrays.copyOf(whole, length));
      try (FileCallJournal journal = FileCallJournal.at(file)) {
        assertThat(journal.openCalls()).as("cut at %d", length).isEqualTo(listed(length));
        if (length % 50 == 0) {
          OpenCall next = Calls.image();
          journal.open(next, Calls.PATIENCE);
          assertThat(journal.openCalls()).hasSize(listed(length).size() + 1).contains(next);
        }
      }
    }
  }

  @Test
  void withAnyByteChangedItIsRefusedOrWasTornThere() throws IOException {
    int tried = 0;
    int refused = 0;
    for (int at = whole.length - 1; at >= 0; at -= 3, tried++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x21;
      Path file = folder.resolve("changed-" + at);
      Files.write(file, changed);
      try (FileCallJournal journal = FileCallJournal.at(file)) {
        List<OpenCall> calls = journal.openCalls();
        assertThat(at).as("a change that is not noticed").isEqualTo(whole.length - 1);
        assertThat(calls).isEqualTo(listed(whole.length - 1));
      } catch (JournalException e) {
        refused++;
        assertThat(Files.readAllBytes(file)).isEqualTo(changed);
      }
    }
    assertThat(refused).isEqualTo(tried - 1);
  }

  @Test
  void whateverIsBehindTheLastLineFeedIsCutOff() throws IOException {
    Path file = folder.resolve("zeros");
    Files.write(file, Arrays.copyOf(whole, whole.length + 4096)); // as after a power failure
    try (FileCallJournal journal = FileCallJournal.at(file)) {
      assertThat(journal.openCalls()).isEqualTo(listed(whole.length));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }
}
