package ru.elumenta.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Adds up what the tests of a run have met, and writes it when a class is through and when the run
 * is. JUnit closes it at the end from 5.13 on. Thread-safe.
 */
final class CoverageOfRun implements AutoCloseable {
  private static final Namespace NAMESPACE = Namespace.create(CoverageOfRun.class);
  private static final String SETTING = "elumenta.coverage";

  private final Optional<Path> folder;
  private final String suffix;
  private ContractCoverage sum = TestCoverage.none(); // guarded by this
  private boolean isWritten = true; // guarded by this

  private CoverageOfRun(Optional<String> setting) {
    this.folder = folder(setting);
    String fork = System.getProperty("surefire.forkNumber", "1");
    this.suffix = fork.matches("[2-9]|\\d{2,}") ? "-" + fork : "";
  }

  /** Returns the one of the run that a test belongs to. */
  static CoverageOfRun of(ExtensionContext test) {
    return test.getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            CoverageOfRun.class,
            any -> new CoverageOfRun(test.getConfigurationParameter(SETTING)),
            CoverageOfRun.class);
  }

  /**
   * The build's folder, or the one that is set; none if the build has none or it is switched off.
   */
  private static Optional<Path> folder(Optional<String> setting) {
    if (setting.isPresent()) {
      return setting.filter(each -> !each.equals("off")).map(Path::of);
    }
    Path project = Path.of(System.getProperty("basedir", ""));
    for (String build : new String[] {"target", "build"}) {
      if (Files.isDirectory(project.resolve(build))) {
        return Optional.of(project.resolve(build).resolve("elumenta"));
      }
    }
    return Optional.empty();
  }

  synchronized void add(ContractCoverage ofTest) {
    sum = sum.plus(ofTest);
    isWritten = false;
  }

  synchronized void write() {
    if (folder.isEmpty() || isWritten) {
      return;
    }
    try {
      CoverageFiles.write(sum, folder.get(), suffix);
      isWritten = true;
    } catch (IOException e) {
      // A report is no reason for tests to fail.
      System.err.println("The coverage of the contract could not be written: " + e);
    }
  }

  @Override
  public void close() {
    write();
  }
}
