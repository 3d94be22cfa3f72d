package ru.elumenta.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Several subjects side by side, each in a process of its own, one round of each after the other,
 * so that whatever else the machine does hits all alike.
 */
final class Comparison implements AutoCloseable {
  private final Map<String, WorkerProcess> workers = new LinkedHashMap<>();

  Comparison(String address, List<String> subjects) throws IOException {
    for (String subject : subjects) {
      workers.put(subject, new WorkerProcess(subject, address));
    }
  }

  List<String> subjects() {
    return List.copyOf(workers.keySet());
  }

  /** The first calls of each process: everything is still to be loaded and compiled. */
  Rounds first(long calls) throws IOException {
    return rounds(1, worker -> worker.run(calls));
  }

  void warm(long millis) throws IOException {
    for (WorkerProcess worker : workers.values()) {
      worker.warm(millis);
    }
  }

  Rounds rounds(int count, Round round) throws IOException {
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int i = 0; i < Scale.of(count); i++) {
      for (WorkerProcess worker : workers.values()) {
        samples.computeIfAbsent(worker.subject(), name -> new ArrayList<>()).add(round.of(worker));
      }
    }
    return new Rounds(samples);
  }

  /** What is measured of each. */
  @FunctionalInterface
  interface Round {
    Sample of(WorkerProcess worker) throws IOException;
  }

  /** What was measured. */
  record Rounds(Map<String, List<Sample>> samples) {
    double median(String subject, ToDoubleFunction<Sample> of) {
      double[] sorted = sorted(subject, of);
      return sorted[sorted.length / 2];
    }

    /** The median, then the least and the most of all rounds. */
    String spread(String subject, ToDoubleFunction<Sample> of) {
      double[] sorted = sorted(subject, of);
      return "%s (%s–%s)"
          .formatted(
              Table.number(sorted[sorted.length / 2]),
              Table.number(sorted[0]),
              Table.number(sorted[sorted.length - 1]));
    }

    /** The median of the ratios of each round: what shook one round shook both. */
    String ratio(String subject, String other, ToDoubleFunction<Sample> of) {
      List<Sample> mine = samples.get(subject);
      List<Sample> theirs = samples.get(other);
      double[] ratios = new double[mine.size()];
      for (int i = 0; i < ratios.length; i++) {
        ratios[i] = of.applyAsDouble(mine.get(i)) / of.applyAsDouble(theirs.get(i));
      }
      java.util.Arrays.sort(ratios);
      return "%.2f".formatted(ratios[ratios.length / 2]);
    }

    private double[] sorted(String subject, ToDoubleFunction<Sample> of) {
      return samples.get(subject).stream().mapToDouble(of).sorted().toArray();
    }
  }

  @Override
  public void close() {
    workers.values().forEach(WorkerProcess::close);
  }
}
