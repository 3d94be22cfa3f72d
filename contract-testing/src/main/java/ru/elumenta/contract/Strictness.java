package ru.elumenta.contract;

import ru.elumenta.contract.exchange.Finding;

/** How much of what the contract does not know is let pass on one side of an exchange. */
public enum Strictness {
  /** Every deviation is a finding. The default for requests: what we send, we can get right. */
  STRICT,
  /**
   * Deviations that a tolerant reader does not notice are none: members, parameters and values of
   * enumerations that the contract does not know, and null for a member that may be absent. The
   * default for responses; the client reads them so. See {@link Finding#isTolerable()}.
   */
  TOLERANT
}
