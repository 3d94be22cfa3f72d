package ru.elumenta.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured works; nothing is measured here. */
class SubjectsTest {
  @Test
  void everySubjectOverTheLoopbackGetsItsAnswer() throws Exception {
    try (CannedServer server = new CannedServer()) {
      for (String name : CallTables.LOOPBACK) {
        try (Subject subject = Subjects.of(name, server.address(300))) {
          assertThat(new Meter(subject).run(2).calls()).isEqualTo(2);
        }
      }
    }
  }

  @Test
  void everySubjectInMemoryGetsItsAnswer() throws Exception {
    for (String name : CallTables.MEMORY) {
      try (Subject subject = Subjects.of(name, "-")) {
        assertThat(new Meter(subject).run(2).bytes()).isPositive();
      }
    }
  }

  @Test
  void streamsAndFilesArrive() throws Exception {
    try (CannedServer server = new CannedServer()) {
      for (String name :
          List.of(
              "stream, this client",
              "stream, jdk lines",
              "download, this client",
              "download, jdk",
              "download, OkHttp")) {
        try (Subject subject = Subjects.of(name, server.address(1_000))) {
          subject.call();
        }
      }
    }
  }

  @Test
  void anAnswerOfAWorkerIsReadAsItWasWritten() {
    Sample sample = new Sample(1, 2, 3, 4, 5);

    assertThat(Sample.parse(sample.line())).isEqualTo(sample);
  }
}
