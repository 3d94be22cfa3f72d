package ru.elumenta.contract.control;

import java.time.Duration;
import java.util.List;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.simulator.SimulatedService;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** The simulator that is looked at and driven. */
public interface Simulation {
  /** Returns the service as it is at the moment; asked each time, since a reset exchanges it. */
  SimulatedService service();

  String baseUrl();

  String apiKey();

  /** Takes back all faults that wait. */
  void healthy();

  /** Lets time pass. */
  void advance(Duration duration);

  /** Forgets everything. */
  void reset();

  /** Returns what of an exchange does not obey the contract. */
  List<Finding> findings(Seen seen);
}
