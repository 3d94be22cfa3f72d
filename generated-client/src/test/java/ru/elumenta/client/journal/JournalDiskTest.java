package ru.elumenta.client.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full or read-only; real ones, where the tests may mount them. */
class JournalDiskTest {
  @TempDir private Path folder;
  private boolean isMounted;

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  private void mount(String options) throws Exception {
    boolean isRoot = Files.isWritable(Path.of("/proc/self/oom_score_adj"));
    isMounted = isRoot && run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
    assumeTrue(isMounted, "Only root may mount.");
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    }
  }

  @Test
  void onAFullDiskNothingIsSentAndNothingIsLost() throws Exception {
    mount("size=64k");
    Path file = folder.resolve("calls.journal");
    List<OpenCall> opened = new ArrayList<>();
    try (FileCallJournal journal = FileCallJournal.at(file)) {
      Throwable failure = null;
      while (failure == null) {
        OpenCall call = Calls.image();
        failure = catchThrowable(() -> journal.open(call, Calls.PATIENCE));
        if (failure == null) {
          opened.add(call);
        }
      }
      assertThat(failure)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("Nothing was sent and nothing was charged. Make room");
      assertThat(opened).hasSizeGreaterThan(50);
      assertThat(journal.openCalls()).isEqualTo(opened);

      assertThat(run("mount", "-o", "remount,size=128k", folder.toString())).isTrue();
      OpenCall next = Calls.image();
      journal.open(next, Calls.PATIENCE);
      opened.add(next);
    }
    try (FileCallJournal journal = FileCallJournal.at(file)) {
      assertThat(Calls.ids(journal.openCalls())).isEqualTo(Calls.ids(opened));
    }
  }

  @Test
  void whatIsAnsweredOnAFullDiskStaysListedAndIsToldOtherwise() throws Exception {
    mount("size=64k");
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"))) {
      OpenCall call = Calls.image();
      journal.open(call, Calls.PATIENCE);
      Throwable full = null;
      while (full == null) {
        full = catchThrowable(() -> journal.open(Calls.image(), Calls.PATIENCE));
      }
      Throwable failure = null;
      for (int i = 0; i < 100 && failure == null; i++) { // a shorter line may still fit
        failure = catchThrowable(() -> journal.close(call.id(), CallOutcome.answered("gen_1")));
      }
      assertThat(failure)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("What became of the call is not changed by this");
    }
  }

  @Test
  void inAReadOnlyFolderNothingIsSent() throws Exception {
    mount("size=64k");
    assertThat(run("mount", "-o", "remount,ro", folder.toString())).isTrue();
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"))) {
      assertThatThrownBy(() -> journal.open(Calls.image(), Calls.PATIENCE))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is read-only for this user")
          .hasMessageContaining("Nothing was sent and nothing was charged.");

      assertThat(run("mount", "-o", "remount,rw", folder.toString())).isTrue();
      OpenCall call = Calls.image();
      journal.open(call, Calls.PATIENCE);
      assertThat(journal.openCalls()).containsExactly(call);
    }
  }

  @Test
  void inAFolderOfOthersNothingIsSent() throws Exception {
    assumeTrue(folder.toFile().setWritable(false) && !Files.isWritable(folder));
    try (FileCallJournal journal = FileCallJournal.at(folder.resolve("calls.journal"))) {
      assertThatThrownBy(() -> journal.open(Calls.image(), Calls.PATIENCE))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("is read-only for this user");
    } finally {
      assertThat(folder.toFile().setWritable(true)).isTrue();
    }
  }
}
