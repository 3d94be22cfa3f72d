package ru.elumenta.contract.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.ContractValidator;
import ru.elumenta.contract.HarReport;
import ru.elumenta.contract.Strictness;
import ru.elumenta.contract.exchange.Finding;

/**
 * Compares the contract with recorded traffic, in place of the live service: {@code mvn -P recorded
 * …}, see docs/against-the-real-service.md.
 */
final class RecordedDrift {
  private RecordedDrift() {}

  /**
   * Takes the recording, the contract's folder, the report's file, and as you like further hosts
   * with commas between.
   */
  public static void main(String[] args) throws IOException {
    if (isEmpty(args[0])) {
      throw new IllegalArgumentException(
          "There is no recording: say -Delumenta.har=FILE, a HAR file or a recording of WireMock.");
    }
    System.out.println(
        compare(
            Path.of(args[0]),
            Path.of(args[1]).normalize(),
            Path.of(args[2]).normalize(),
            args.length < 4 || isEmpty(args[3]) ? Set.of() : Set.of(args[3].split(","))));
  }

  /** Maven hands an empty argument over as null. */
  private static boolean isEmpty(@Nullable String argument) {
    return argument == null || argument.isBlank();
  }

  /**
   * Writes report and patch.
   *
   * @param hosts whose calls are taken; none for the service and this machine
   * @return what there is to read, in a few lines
   */
  static String compare(Path recording, Path contract, Path report, Set<String> hosts)
      throws IOException {
    ContractValidator strict = ContractValidator.standard().withResponses(Strictness.STRICT);
    HarReport found =
        hosts.isEmpty() ? strict.checkHar(recording) : strict.checkHar(recording, hosts);
    // Of a long recording the first findings are listed, and one of each kind is kept.
    List<Finding> findings = new ArrayList<>(found.findings());
    findings.addAll(found.report().ofEachKind());
    String patch = DriftFiles.write(found.report(), findings, contract, report);
    return "%s%nreport: %s%n%s"
        .formatted(
            found.toString().lines().findFirst().orElse(""),
            report,
            patch.isEmpty()
                ? "There is nothing to change in the contract."
                : "patch: git apply " + report.resolveSibling("drift.patch"));
  }
}
