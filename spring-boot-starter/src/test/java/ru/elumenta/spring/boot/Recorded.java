package ru.elumenta.spring.boot;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Keeps the last analysis of a failure that Boot reported. */
public final class Recorded implements FailureAnalysisReporter {
  private static FailureAnalysis last;

  static void clear() {
    last = null;
  }

  static FailureAnalysis last() {
    return last;
  }

  @Override
  public void report(FailureAnalysis analysis) {
    last = analysis;
  }
}
