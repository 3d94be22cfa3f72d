package ru.elumenta.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.CallOutcome;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.journal.JournalException;
import ru.elumenta.client.journal.OpenCall;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.Execution;

/** What cannot be written down is not sent; what is paid for is not lost to a failing journal. */
class FailingJournalTest {
  private static final GenerationRequest REQUEST =
      new GenerationRequest().model("dall-e-3").prompt("A lighthouse at dusk");

  private final ElumentaSimulator service = ElumentaSimulator.start();
  @TempDir private Path folder;
  private boolean isMounted;

  @AfterEach
  void stop() throws Exception {
    service.close();
    if (isMounted) {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  private void mount(String options) throws Exception {
    boolean isRoot = Files.isWritable(Path.of("/proc/self/oom_score_adj"));
    isMounted = isRoot && run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
    assumeTrue(isMounted, "Only root may mount.");
  }

  private void isNotSent(Path file, String why) {
    try (FileCallJournal journal = FileCallJournal.at(file);
        ElumentaClient elumenta = service.client().journal(journal).build()) {
      Throwable failure = catchThrowable(() -> elumenta.generate(REQUEST));

      assertThat(failure).isInstanceOf(JournalException.class).hasMessageContaining(why);
      assertThat(((ElumentaException) failure).execution()).isEqualTo(Execution.NOT_EXECUTED);
      assertThat(service.requests()).isZero();
      assertThat(elumenta.balance().getTokenBalance())
          .isPositive(); // what costs nothing needs no journal
    }
  }

  @Test
  void aFileInThePathOfTheJournal() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));

    isNotSent(file.resolve("calls"), "something in its path is a file");
  }

  @Test
  void aFolderInPlaceOfTheJournal() {
    isNotSent(folder, "is a folder");
  }

  @Test
  void aFileOfAnotherKind() throws Exception {
    Path file = Files.writeString(folder.resolve("notes"), "Buy milk\n");

    isNotSent(file, "is another kind of file");
    assertThat(file).hasContent("Buy milk");
  }

  @Test
  void aFullDisk() throws Exception {
    mount("size=8k");
    Files.write(folder.resolve("other"), new byte[8192]);

    isNotSent(folder.resolve("calls"), "the disk is full");
  }

  @Test
  void aReadOnlyDisk() throws Exception {
    mount("size=64k,ro");

    isNotSent(folder.resolve("calls"), "is read-only for this user");
  }

  @Test
  void aJournalThatIsClosed() {
    FileCallJournal journal = FileCallJournal.at(folder.resolve("calls"));
    try (ElumentaClient elumenta = service.client().journal(journal).build()) {
      elumenta.generate(REQUEST);
      journal.close();

      assertThatThrownBy(() -> elumenta.generate(REQUEST)).isInstanceOf(JournalException.class);
      assertThat(service.requests("createGeneration")).isEqualTo(1);
    }
  }

  /** A journal of an application, with methods that do something before. */
  private record Custom(CallJournal inner, Consumer<OpenCall> onOpen, Consumer<String> onClose)
      implements CallJournal {
    @Override
    public void open(OpenCall call, Duration patience) {
      onOpen.accept(call);
      inner.open(call, patience);
    }

    @Override
    public void close(String callId, CallOutcome outcome) {
      onClose.accept(callId);
      inner.close(callId, outcome);
    }

    @Override
    public List<OpenCall> openCalls() {
      return inner.openCalls();
    }

    @Override
    public boolean claim(String generationId, OpenCall call, Duration patience) {
      return inner.claim(generationId, call, patience);
    }

    @Override
    public Map<String, String> claims(Set<String> generationIds) {
      return inner.claims(generationIds);
    }
  }

  private static void broken() {
    throw new IllegalStateException("The store is away.");
  }

  @Test
  void aJournalOfAnApplicationThatFailsToOpenSendsNothing() {
    CallJournal journal = new Custom(CallJournal.inMemory(), call -> broken(), id -> {});
    try (ElumentaClient elumenta = service.client().journal(journal).build()) {
      assertThatThrownBy(() -> elumenta.generate(REQUEST))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The store is away.");

      assertThat(service.requests()).isZero();
      assertThat(elumenta.openCalls()).isEmpty();
    }
  }

  @Test
  void aJournalThatFailsToCloseTakesNoResultAway() {
    CallJournal journal = new Custom(CallJournal.inMemory(), call -> {}, id -> broken());
    try (ElumentaClient elumenta = service.client().journal(journal).build()) {
      String id = elumenta.generate(REQUEST).getId().toString();

      assertThat(elumenta.history().stream().toList())
          .singleElement()
          .satisfies(row -> assertThat(row.getId()).hasToString(id));
      assertThat(elumenta.openCalls()).hasSize(1); // it stays listed
      assertThat(service.charges()).isEqualTo(1);
    }
  }

  @Test
  void aJournalThatFailsBeforeTheSecondAttemptLeavesTheFirstRefusal() {
    service.next().to("createGeneration").fail(Fault.modelUnavailable());
    CallJournal journal =
        new Custom(
            CallJournal.inMemory(),
            call -> {
              if (call.attempts() > 1) {
                broken();
              }
            },
            id -> {});
    try (ElumentaClient elumenta = service.client().journal(journal).build()) {
      assertThatThrownBy(() -> elumenta.generate(REQUEST))
          .isInstanceOf(IllegalStateException.class);

      assertThat(service.requests("createGeneration")).isEqualTo(1);
      assertThat(service.charges()).isZero();
      assertThat(elumenta.openCalls()).isEmpty(); // the service had refused it
    }
  }
}
