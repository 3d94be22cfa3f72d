package ru.elumenta.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ru.elumenta.contract.ContractCoverage.Charges;
import ru.elumenta.contract.ContractCoverage.Deviation;
import ru.elumenta.contract.ContractCoverage.MetFault;
import ru.elumenta.contract.ContractCoverage.Operation;
import ru.elumenta.contract.ContractCoverage.SlowTest;
import ru.elumenta.contract.ContractCoverage.Tests;
import ru.elumenta.contract.scenario.FaultKind;
import ru.elumenta.contract.simulator.SimulatedService.Seen;
import ru.elumenta.contract.validation.ExchangeCheck;

/** Makes the coverage of one test from what its simulator saw. */
final class TestCoverage {
  /** Faults that keep the answer from the caller, who then has not met its status. */
  private static final Set<FaultKind> KEEPING =
      Set.of(FaultKind.RESET, FaultKind.CUT, FaultKind.STALL);

  private TestCoverage() {}

  /** Returns the coverage of no test: every operation of the contract, none met. */
  static ContractCoverage none() {
    List<Operation> operations =
        ExchangeCheck.documented().stream()
            .map(
                each -> {
                  Map<String, Long> answers = new LinkedHashMap<>();
                  each.statuses().forEach(status -> answers.put(status, 0L));
                  return new Operation(
                      each.id(), each.method(), each.path(), 0, answers, List.of());
                })
            .toList();
    return new ContractCoverage(
        operations, List.of(), List.of(), new Charges(0, 0, 0), new Tests(0, 0), List.of());
  }

  static ContractCoverage of(
      ElumentaSimulator simulator, String test, boolean passed, Duration took) {
    List<Operation> operations = new ArrayList<>();
    List<MetFault> faults = new ArrayList<>();
    for (Seen seen : simulator.seen()) {
      operation(seen, operations);
      seen.fault()
          .ifPresent(
              fault ->
                  faults.add(new MetFault(seen.operation(), fault.toString(), 1, passed ? 1 : 0)));
    }
    List<Deviation> deviations =
        simulator.findings().stream()
            .map(
                each ->
                    new Deviation(
                        each.operation(),
                        each.side(),
                        ContractReport.Kind.of(each).place(),
                        each.rule(),
                        each.expected(),
                        each.found(),
                        1))
            .toList();
    return none()
        .plus(
            new ContractCoverage(
                operations,
                faults,
                deviations,
                new Charges(
                    simulator.charges(), simulator.tokensCharged(), simulator.doubleCharges()),
                new Tests(passed ? 1 : 0, passed ? 0 : 1),
                List.of(new SlowTest(test, took.toMillis(), simulator.requests()))));
  }

  private static void operation(Seen seen, List<Operation> operations) {
    ExchangeCheck.documented().stream()
        .filter(each -> each.id().equals(seen.operation()))
        .findFirst()
        .ifPresent(
            each -> {
              boolean isKept = seen.fault().filter(f -> KEEPING.contains(f.kind())).isPresent();
              Map<String, Long> answers = new LinkedHashMap<>();
              List<String> undocumented = new ArrayList<>();
              seen.exchange()
                  .response()
                  .filter(response -> !isKept)
                  .map(response -> String.valueOf(response.status()))
                  .ifPresent(
                      status -> {
                        answers.put(status, 1L);
                        if (!each.statuses().contains(status)) {
                          undocumented.add(status);
                        }
                      });
              operations.add(
                  new Operation(each.id(), each.method(), each.path(), 1, answers, undocumented));
            });
  }
}
