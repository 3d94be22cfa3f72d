package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.client.journal.OpenCall.State;

class FileCallJournalTest extends CallJournalContract {
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

  @Override
  protected CallJournal journal() {
    return on.journal();
  }

  @Test
  void afterARestartItListsWhatWasUnderWayAsAbandonedAndKeepsTheRest() {
    OpenCall underWay = on.opened();
    OpenCall lost = on.opened();
    OpenCall answered = on.opened();
    journal().close(lost.id(), CallOutcome.unknown(Calls.NOW));
    journal().close(answered.id(), CallOutcome.answered("gen_1"));

    on.restart();

    assertThat(journal().openCalls()).containsExactly(underWay.abandoned(), lost.lost(Calls.NOW));
    assertThat(journal().claim("gen_1", lost, Calls.PATIENCE)).isFalse();
    OpenCall next = on.opened();
    assertThat(journal().openCalls()).contains(next, underWay.abandoned());
  }

  @Test
  void severalInOneProcessShareAFileAndItLivesAsLongAsOneOfThem() {
    OpenCall call = on.opened();
    try (FileCallJournal second = FileCallJournal.at(on.file())) {
      assertThat(second.openCalls()).containsExactly(call);
      assertThat(second.claim("gen_1", call, Calls.PATIENCE)).isTrue();
      assertThat(journal().claim("gen_1", Calls.image(), Calls.PATIENCE)).isFalse();
      on.close();
      assertThat(second.openCalls()).containsExactly(call);
    }
    on.restart();
    assertThat(journal().openCalls()).extracting(OpenCall::state).containsExactly(State.ABANDONED);
  }

  @Test
  void aLinkLeadsToTheSameJournal() throws IOException {
    OpenCall call = on.opened();
    Path link = Files.createSymbolicLink(folder.resolve("link"), on.file());
    try (FileCallJournal second = FileCallJournal.at(link)) {
      assertThat(second.openCalls()).containsExactly(call);
    }
    assertThat(link).isSymbolicLink();
  }

  @Test
  void nobodyButTheOwnerMayOpenItsFilesAlsoAfterItWasReplaced() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"));
    on.replacedFrom(1);
    for (int i = 0; i < 30; i++) {
      journal().close(on.opened().id(), CallOutcome.notExecuted());
    }

    try (var files = Files.list(on.file().getParent())) {
      assertThat(files)
          .hasSize(2)
          .allSatisfy(
              each ->
                  assertThat(Files.getPosixFilePermissions(each))
                      .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }
  }

  @Test
  void noTextOfTheRequestIsInTheFile() throws IOException {
    on.opened();
    assertThat(Files.readString(on.file()))
        .contains("dall-e-3", "1024x1024")
        .doesNotContain("gulls");
  }

  @Test
  void whatHasGrownIsReplacedByWhatStillMatters() throws IOException {
    on.replacedFrom(50_000);
    OpenCall open = on.opened();
    OpenCall lost = on.opened();
    journal().close(lost.id(), CallOutcome.unknown(Calls.NOW));
    long most = 0;
    for (int i = 0; i < 500; i++) {
      journal().close(on.opened().id(), CallOutcome.notExecuted());
      most = Math.max(most, Files.size(on.file()));
    }
    OpenCall answered = on.opened();
    journal().close(answered.id(), CallOutcome.answered("gen_1"));

    assertThat(most).isBetween(45_000L, 52_000L);
    assertThat(journal().openCalls()).containsExactly(open, lost.lost(Calls.NOW));
    on.restart();
    assertThat(journal().openCalls()).containsExactly(open.abandoned(), lost.lost(Calls.NOW));
    assertThat(journal().claims(Set.of("gen_1"))).containsEntry("gen_1", answered.id());
  }

  @Test
  void aLineThatWasTornIsCutOff() throws IOException {
    OpenCall call = on.opened();
    on.close();
    byte[] next = new JournalRecord.Opened(Calls.image(), 1).toLine();
    on.append(Arrays.copyOf(next, next.length - 1));

    on.restart();
    OpenCall second = on.opened();
    on.restart();

    assertThat(journal().openCalls()).containsExactly(call.abandoned(), second.abandoned());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "elum", "elumenta-call-journal 1"})
  void aFileThatWasJustBegunIsBegunAgain(String text) throws IOException {
    on.write(text);
    OpenCall call = on.opened();
    assertThat(Files.readString(on.file())).startsWith("elumenta-call-journal 1\n");
    assertThat(journal().openCalls()).containsExactly(call);
  }

  @Test
  void anInterruptEndsTheWaitAndHarmsNobody() {
    List<OpenCall> listed = new ArrayList<>(List.of(on.opened()));
    int ended = 0;
    for (int i = 0; i < 20; i++) {
      OpenCall call = Calls.image();
      Thread.currentThread().interrupt();
      Throwable failure = catchThrowable(() -> journal().open(call, Calls.PATIENCE));
      assertThat(Thread.interrupted()).isTrue();
      if (failure == null) {
        listed.add(call); // it was faster than the interrupt was noticed
      } else {
        assertThat(failure)
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("was interrupted");
        ended++;
      }
    }
    listed.add(on.opened());

    assertThat(journal().openCalls()).isEqualTo(listed);
    assertThat(ended).isPositive();
  }

  @Test
  void whatTookTooLongIsNotLeftInIt() {
    List<OpenCall> listed = new ArrayList<>(List.of(on.opened()));
    int ended = 0;
    for (int i = 0; i < 50; i++) {
      OpenCall call = Calls.image();
      Throwable failure = catchThrowable(() -> journal().open(call, Duration.ZERO));
      if (failure == null) {
        listed.add(call); // the disk was faster still
      } else {
        assertThat(failure)
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("could not be reached for 0.0 s");
        ended++;
      }
    }

    assertThat(journal().openCalls()).isEqualTo(listed);
    assertThat(ended).isPositive();
  }

  @Test
  void openingAndClosingItManyTimesKeepsEverything() {
    List<OpenCall> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(on.opened().abandoned());
      on.restart();
    }
    assertThat(journal().openCalls()).containsExactlyElementsOf(calls);
  }
}
