package ru.elumenta.contract;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import ru.elumenta.contract.SimulatorOptions.Log;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** Prints what comes, and what of it does not obey the contract, as it happens. */
final class SimulatorLog {
  private static final long PAUSE_MILLIS = 200;

  private final ElumentaSimulator simulator;
  private final Log wanted;
  private final PrintStream out;

  SimulatorLog(ElumentaSimulator simulator, Log wanted, PrintStream out) {
    this.simulator = simulator;
    this.wanted = wanted;
    this.out = out;
  }

  /** Prints for ever. */
  void follow() throws InterruptedException {
    long printed = 0;
    List<Seen> before = List.of();
    while (true) {
      List<Seen> seen = wanted == Log.NONE ? List.of() : simulator.seen();
      boolean isReset =
          !before.isEmpty() && (seen.isEmpty() || seen.get(seen.size() - 1).number() < printed);
      for (Seen each : seen) {
        if (isReset || each.number() > printed) {
          print(each);
        }
      }
      printed = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).number();
      before = seen;
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
  }

  private void print(Seen seen) {
    if (wanted == Log.ALL) {
      out.printf(
          "%s %s %s %s%s%n",
          seen.time(),
          seen.exchange().request(),
          seen.exchange().response().map(response -> response.status()).orElse(0),
          seen.operation(),
          seen.fault().map(fault -> " ! " + fault).orElse(""));
    }
    for (Finding finding : simulator.findings(seen)) {
      out.println("finding: " + finding);
    }
    out.flush();
  }
}
