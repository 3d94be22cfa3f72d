package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.journal.OpenCall.State;

/** Real processes that share a file, and are killed at any moment. */
class JournalProcessesTest {
  /** More by -Delumenta.journal.kills=300. */
  private static final int ROUNDS = Integer.getInteger("elumenta.journal.kills", 6) / 2;

  private static final long SEED = Long.getLong("elumenta.journal.seed", 4);

  @TempDir private Path folder;

  @Test
  void whateverWasOpenedBeforeAKillIsListedAfterIt() throws Exception {
    Random random = new Random(SEED);
    Path file = folder.resolve("calls.journal");
    Map<String, String> lastWords = new HashMap<>();
    Map<String, String> claimed = new HashMap<>();
    try (FileCallJournal journal = FileCallJournal.at(file, JournalProcess.LEAST_TO_REPLACE)) {
      OpenCall own = Calls.image();
      journal.open(own, Calls.PATIENCE);
      for (int round = 0; round < ROUNDS; round++) {
        JournalProcess first = JournalProcess.start(file, random.nextLong());
        JournalProcess second = JournalProcess.start(file, random.nextLong());
        first.awaitLines(1 + random.nextInt(300));
        second.awaitLines(1 + random.nextInt(300));
        lastWords.putAll(first.kill());
        assertListed(journal.openCalls(), lastWords);
        lastWords.putAll(second.kill());
        assertListed(journal.openCalls(), lastWords);
        assertClaimedByOne(claimed, first.claimed());
        assertClaimedByOne(claimed, second.claimed());
        assertThat(journal.claims(claimed.keySet())).isEqualTo(claimed);
      }
      assertThat(journal.openCalls()).contains(own);
    }
    assertThat(lastWords).containsValue("closed");
    assertThat(claimed).isNotEmpty();
  }

  private static void assertClaimedByOne(Map<String, String> before, Map<String, String> added) {
    added.forEach((id, call) -> assertThat(before.putIfAbsent(id, call)).as(id).isNull());
  }

  private static void assertListed(List<OpenCall> calls, Map<String, String> lastWords) {
    Map<String, OpenCall> listed =
        calls.stream().collect(Collectors.toMap(OpenCall::id, Function.identity()));
    lastWords.forEach(
        (id, word) -> {
          switch (word) {
            case "opened", "lost" -> assertThat(listed).as(word).containsKey(id);
            case "closed" -> assertThat(listed).as(word).doesNotContainKey(id);
            default -> assertThat(word).isIn("opening", "closing"); // either is true
          }
          if (word.equals("lost")) {
            assertThat(listed.get(id).state()).isEqualTo(State.LOST);
          } else if (listed.containsKey(id)) {
            assertThat(listed.get(id).state()).isIn(State.ABANDONED, State.LOST);
          }
        });
  }

  @Test
  void aLivingProcessIsToldFromADeadOneByTheNext() throws Exception {
    Path file = folder.resolve("calls.journal");
    JournalProcess process = JournalProcess.start(file, SEED);
    List<State> before;
    try (FileCallJournal journal = FileCallJournal.at(file)) {
      process.awaitLines(100);
      before = new ArrayList<>(journal.openCalls().stream().map(OpenCall::state).toList());
    } finally {
      process.kill();
    }
    try (FileCallJournal journal = FileCallJournal.at(file)) {
      assertThat(before).contains(State.UNDER_WAY).doesNotContain(State.ABANDONED);
      assertThat(journal.openCalls())
          .extracting(OpenCall::state)
          .contains(State.ABANDONED)
          .doesNotContain(State.UNDER_WAY);
    }
  }
}
