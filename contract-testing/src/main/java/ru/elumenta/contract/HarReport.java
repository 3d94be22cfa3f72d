package ru.elumenta.contract;

import java.util.List;
import ru.elumenta.contract.exchange.Finding;

/**
 * What a recording shows: which of its exchanges were held against the contract, which were left
 * out, and what was found. Immutable; shows no secrets, as {@link Finding} does not.
 *
 * @param findings the first thousand findings, in the order of the recording
 * @param exchanges how many exchanges were held against the contract
 * @param ofOthers how many entries were left out because they are no calls of the service: of other
 *     hosts, of paths outside the API, or questions of a browser beforehand ({@code OPTIONS})
 * @param unreadable how many entries were left out because a part is missing or broken
 * @param bodiesMissing how many bodies were not recorded, or in part; the rest of such an exchange
 *     was checked
 * @param areCredentialsRecorded whether any call of the service has an Authorization header; if
 *     not, as in what browsers export by default, none is missed
 * @param report all findings, counted by their kind
 */
public record HarReport(
    List<Finding> findings,
    long exchanges,
    long ofOthers,
    long unreadable,
    long bodiesMissing,
    boolean areCredentialsRecorded,
    ContractReport report) {
  /** Copies the list. */
  public HarReport {
    findings = List.copyOf(findings);
  }

  /** The counts on one line, then the report. */
  @Override
  public String toString() {
    return "%d exchanges checked, %d of others, %d unreadable, %d bodies not recorded.%s%n%s"
        .formatted(
            exchanges,
            ofOthers,
            unreadable,
            bodiesMissing,
            areCredentialsRecorded ? "" : " No credentials were recorded.",
            report);
  }
}
