package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** Any order of doings, on a file and in memory, says the same as a plain map. */
class JournalSchedulesTest {
  private static final int STEPS = 40;

  private final Map<String, OpenCall> open = new LinkedHashMap<>();
  private final Map<String, String> claimed = new HashMap<>();
  private final List<OpenCall> all = new ArrayList<>();

  @BeforeTry
  void begin() {
    open.clear();
    claimed.clear();
    all.clear();
  }

  @Property(tries = 100)
  void aFileThatIsReplacedAndOpenedAgainAllTheTimeForgetsNothing(@ForAll long seed)
      throws IOException {
    Path folder = Files.createTempDirectory("journal");
    Random random = new Random(seed);
    FileCallJournal journal = FileCallJournal.at(folder.resolve("journal"), 3000);
    FileCallJournal second = FileCallJournal.at(folder.resolve("journal"), 3000);
    second.openCalls(); // from then on it holds the file
    try {
      for (int i = 0; i < STEPS; i++) {
        step(random.nextBoolean() ? journal : second, random);
        if (random.nextInt(8) == 0) {
          journal.close();
          if (random.nextBoolean()) {
            second.close();
            open.replaceAll((id, call) -> call.abandoned());
            second = FileCallJournal.at(folder.resolve("journal"), 3000);
            second.openCalls();
          }
          journal = FileCallJournal.at(folder.resolve("journal"), 3000);
        }
        assertSame(journal);
      }
    } finally {
      journal.close();
      second.close();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path each : files.toList()) {
          Files.delete(each);
        }
      }
      Files.delete(folder);
    }
  }

  @Property(tries = 300)
  void memoryForgetsNothingEither(@ForAll long seed) {
    Random random = new Random(seed);
    CallJournal journal = CallJournal.inMemory();
    for (int i = 0; i < STEPS; i++) {
      step(journal, random);
      assertSame(journal);
    }
  }

  private void step(CallJournal journal, Random random) {
    OpenCall call = all.isEmpty() ? null : all.get(random.nextInt(all.size()));
    String generation = "gen_" + random.nextInt(10);
    int doing = call == null ? 0 : random.nextInt(7);
    if (doing < 2) {
      OpenCall opened = Calls.image("A prompt", Instant.now());
      all.add(opened);
      journal.open(opened, Calls.PATIENCE);
      open.put(opened.id(), opened);
    } else if (doing == 2) {
      journal.close(call.id(), CallOutcome.answered(generation));
      open.remove(call.id());
      claimed.put(generation, call.id());
    } else if (doing == 3) {
      journal.close(call.id(), CallOutcome.notExecuted());
      open.remove(call.id());
    } else if (doing == 4) {
      journal.close(call.id(), CallOutcome.unknown(Calls.NOW));
      open.computeIfPresent(call.id(), (id, was) -> was.lost(Calls.NOW));
    } else if (doing == 5) {
      boolean isMine = journal.claim(generation, call, Calls.PATIENCE);
      assertThat(isMine)
          .isEqualTo(claimed.computeIfAbsent(generation, id -> call.id()).equals(call.id()));
    } else if (open.containsKey(call.id())) {
      OpenCall again = open.get(call.id()).sentAgain(Calls.NOW);
      journal.open(again, Calls.PATIENCE);
      open.put(call.id(), again);
    }
  }

  private void assertSame(CallJournal journal) {
    assertThat(journal.openCalls()).containsExactlyElementsOf(open.values());
    assertThat(
            journal.claims(
                Set.of(
                    "gen_0", "gen_1", "gen_2", "gen_3", "gen_4", "gen_5", "gen_6", "gen_7", "gen_8",
                    "gen_9")))
        .isEqualTo(claimed);
  }
}
