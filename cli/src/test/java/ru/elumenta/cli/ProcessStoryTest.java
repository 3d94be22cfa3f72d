package ru.elumenta.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ru.elumenta.cli.Shell.Ended;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

/** The program as processes, which are interrupted, killed, and run at a terminal. */
class ProcessStoryTest {
  private final ElumentaSimulator service =
      ElumentaSimulator.builder().time(TimeSource.system()).start();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void interruptedWhileAJobRunsItSaysHowToComeBack() throws Exception {
    service.always().fail(Fault.slowJob(Duration.ofHours(1)));

    Ended ended =
        Program.start(service, folder, "generate", "dall-e-3", "A lighthouse")
            .until(() -> service.requests("getGeneration") > 0)
            .signal("INT")
            .ended();

    assertThat(ended.code()).isEqualTo(130);
    assertThat(ended.err())
        .contains("Generation 18473 goes on running. Come back to it with: elumenta attach 18473");
    assertThat(service.charges()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "KILL"})
  void whateverEndsItWhileARequestIsUnderWayTheCallIsOpenAndFound(String signal) throws Exception {
    service.next().to("createGeneration").fail(Fault.delay(Duration.ofMinutes(1)));

    Ended ended =
        Program.start(service, folder, "generate", "dall-e-3", "A lighthouse")
            .until(() -> service.generationsCreated() > 0)
            .signal(signal)
            .ended();
    Ended open = Program.start(service, folder, "open").ended();
    Ended after = Program.start(service, folder, "open").ended();

    assertThat(ended.code())
        .isEqualTo(128 + (signal.equals("INT") ? 2 : signal.equals("TERM") ? 15 : 9));
    if (!signal.equals("KILL")) {
      assertThat(ended.err()).contains("What became of it says: elumenta open");
    }
    assertThat(open.out()).contains("found: elumenta attach 18473");
    assertThat(open.code()).isZero();
    assertThat(after.err()).isEqualTo("No call is open.\n");
    assertThat(service.requests("createGeneration")).isOne();
  }

  @Test
  void withoutATerminalNoProgressIsDrawn() throws Exception {
    Ended ended = Program.start(service, folder, "generate", "dall-e-3", "A lighthouse").ended();

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err()).isEqualTo("Generation 18473. 5 tokens.\n");
    assertThat(ended.out()).startsWith("http").endsWith("\n").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 200})
  void atATerminalProgressIsOneLineThatFits(int width) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script of util-linux is missing");
    service.always().fail(Fault.slowJob(Duration.ofSeconds(5)));

    Ended ended =
        Program.atTerminal(service, folder, width, "generate", "dall-e-3", "A lighthouse").ended();

    assertThat(ended.code()).as(ended.out()).isZero();
    assertThat(ended.out()).contains("\rdall-e-3");
    for (String drawn : ended.out().split("[\r\n]+")) {
      assertThat(Text.columns(drawn)).as(drawn).isLessThan(Math.max(width, 110));
      if (drawn.startsWith("dall-e-3")) {
        assertThat(Text.columns(drawn)).as(drawn).isLessThan(width);
      }
    }
  }
}
