package ru.elumenta.contract.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import ru.elumenta.contract.ContractReport;
import ru.elumenta.contract.exchange.Finding;

/** The report of a drift, and beside it the patch. */
final class DriftFiles {
  /** The contract's folder in the repository. */
  static final String CONTRACT = "openapi/src/main/resources/elumenta-openapi";

  private static final String PATCH = "drift.patch";

  private DriftFiles() {}

  /**
   * Writes both; the patch only if there is something to propose. One of before is gone.
   *
   * @param contract the folder that the patch is for
   * @return the patch; empty if there is nothing to propose
   */
  static String write(ContractReport report, List<Finding> findings, Path contract, Path file)
      throws IOException {
    report.writeTo(file);
    Path patchFile = file.toAbsolutePath().resolveSibling(PATCH);
    Files.deleteIfExists(patchFile);
    if (!Files.isDirectory(contract) || findings.isEmpty()) {
      return "";
    }
    DriftPatch patch = new DriftPatch(new ContractSource(contract), CONTRACT);
    patch.add(findings);
    Files.writeString(file, "\n" + patch.table(), StandardOpenOption.APPEND);
    String diff = patch.diff();
    if (!diff.isEmpty()) {
      Files.writeString(patchFile, diff);
    }
    return diff;
  }
}
