package ru.elumenta.contract.simulator;

import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.exchange.ResponseMessage;
import ru.elumenta.contract.simulator.SimulatedService.Sent;

/** Who answers what comes over a connection. */
public interface Site {
  /** Answers a request. Does not throw. */
  Sent answer(RequestMessage request);

  /** Answers what is no request. */
  ResponseMessage refuse(String why);
}
