package ru.elumenta.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.redis.PacedProgram.Way;

/**
 * Many processes, one account of 100 requests an hour, in simulated hours. {@code
 * -DpacedProcesses=8 -DpacedCalls=25} for a longer run.
 */
class PacedFleetTest {
  private static final int PROCESSES = Integer.getInteger("pacedProcesses", 2);
  private static final int THREADS = Integer.getInteger("pacedThreads", 6);
  private static final int CALLS = Integer.getInteger("pacedCalls", 20);
  private static final long SEED = Long.getLong("pacedSeed", 20);

  @TempDir Path folder;

  private record Outcome(int made, int failed, long refused, Duration took) {}

  private Outcome run(Way way) throws Exception {
    try (RealRedis redis = RealRedis.start("--appendonly", "no");
        TimeOfMany time = new TimeOfMany(PROCESSES);
        ElumentaSimulator service =
            ElumentaSimulator.builder().plan(Plan.VIP).balance(1_000_000).time(time).start()) {
      List<Process> machines = new ArrayList<>();
      for (int machine = 0; machine < PROCESSES; machine++) {
        machines.add(
            JavaProcess.start(
                PacedProgram.class,
                folder.resolve("errors"),
                service.baseUrl(),
                service.apiKey(),
                redis.address(),
                time.port(),
                way,
                THREADS,
                CALLS,
                SEED + machine));
      }
      int made = 0;
      int failed = 0;
      for (Process machine : machines) {
        try (BufferedReader printed = machine.inputReader()) {
          String line = printed.readLine();
          assertThat(line).as(Files.readString(folder.resolve("errors"))).isNotNull();
          made += Integer.parseInt(line.split(" ")[0]);
          failed += Integer.parseInt(line.split(" ")[1]);
        }
        assertThat(machine.waitFor()).isZero();
      }
      Outcome outcome =
          new Outcome(
              made,
              failed,
              service.requests("createGeneration") - service.generationsCreated(),
              Duration.ofNanos(time.nanoTime()));
      System.out.printf(
          "%d processes, pacing %s: %d calls, %d of them failed, %d requests refused, %s%n",
          PROCESSES, way, made + failed, failed, outcome.refused, outcome.took);
      return outcome;
    }
  }

  @Test
  void noRequestOfTheFleetIsRefused() throws Exception {
    Outcome shared = run(Way.SHARED);

    assertThat(shared.refused).isZero();
    assertThat(shared.failed).isZero();
    assertThat(shared.made).isEqualTo(PROCESSES * THREADS * CALLS);
    long hours = (shared.made - 1) / Plan.VIP.perHour().getAsInt();
    assertThat(shared.took)
        .as("and none of the hour is wasted")
        .isLessThan(Duration.ofHours(hours + 1));
    if (Boolean.getBoolean("pacedOthers")) {
      assertThat(run(Way.OWN).refused).isPositive();
      assertThat(run(Way.NOT_AT_ALL).refused).isPositive();
    }
  }
}
