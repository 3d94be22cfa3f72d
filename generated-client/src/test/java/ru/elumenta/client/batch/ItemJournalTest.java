package ru.elumenta.client.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.Calls;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.GenerationRequest;

/** A worker that is interrupted while it writes down what came of its call. */
class ItemJournalTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  private final List<CallOutcome> told = new ArrayList<>();
  private final Item item =
      new Item(1, "1", "-", new GenerationRequest().model("m").prompt("x"), "m", Optional.empty());
  private final OpenCall call = Calls.image();
  private int interrupts = 1;

  @TempDir Path folder;

  @AfterEach
  void forgetInterrupts() {
    Thread.interrupted();
  }

  /** As the journal on a file does whose wait is interrupted. */
  private CallJournal journal() {
    return (CallJournal)
        Proxy.newProxyInstance(
            CallJournal.class.getClassLoader(),
            new Class<?>[] {CallJournal.class},
            (self, method, arguments) -> {
              if (!method.getName().equals("close")) {
                return null;
              }
              if (interrupts-- > 0) {
                Thread.currentThread().interrupt();
                throw new JournalException("Waiting was interrupted", "Try again.", null);
              }
              told.add((CallOutcome) arguments[1]);
              return null;
            });
  }

  private void answeredWithoutAnIdAndLost() throws Exception {
    try (BatchState state = BatchState.read(folder.resolve("state"))) {
      state.open();
      ItemJournal journal = new ItemJournal(journal(), state, item, 4);
      journal.open(call, SOON);
      journal.close(call.id(), CallOutcome.answered(null));
      journal.lose(Instant.EPOCH);
    }
  }

  @Test
  void tellsTheJournalAllTheSame() throws Exception {
    answeredWithoutAnIdAndLost();

    assertThat(told).containsExactly(CallOutcome.unknown(Instant.EPOCH));
    assertThat(Thread.currentThread().isInterrupted()).as("the interrupt is kept").isTrue();
  }

  @Test
  void doesNotTryForEver() throws Exception {
    interrupts = Integer.MAX_VALUE;

    answeredWithoutAnIdAndLost();

    assertThat(told).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).as("the interrupt is kept").isTrue();
  }
}
