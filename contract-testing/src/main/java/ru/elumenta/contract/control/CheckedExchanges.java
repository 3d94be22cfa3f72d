package ru.elumenta.contract.control;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import ru.elumenta.contract.exchange.Exchange;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** What does not obey the contract, found once for each exchange. Thread-safe. */
final class CheckedExchanges {
  private static final int MOST = 10_000;

  private final Function<Seen, List<Finding>> check;
  private final Map<Exchange, List<Finding>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Exchange, List<Finding>> eldest) {
          return size() > MOST;
        }
      };

  CheckedExchanges(Function<Seen, List<Finding>> check) {
    this.check = check;
  }

  synchronized List<Finding> of(Seen seen) {
    return known.computeIfAbsent(seen.exchange(), exchange -> check.apply(seen));
  }
}
