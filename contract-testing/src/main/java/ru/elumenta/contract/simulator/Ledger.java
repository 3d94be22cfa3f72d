package ru.elumenta.contract.simulator;

import java.util.ArrayList;
import java.util.List;

/** What was charged, for which request, and whether the caller was told. */
final class Ledger {
  private final List<Charge> charges = new ArrayList<>();

  /**
   * A charge.
   *
   * @param request model and input, by which requests for the same thing are known
   * @param isHidden whether its answer was kept from the caller
   */
  private record Charge(String request, long tokens, boolean isHidden) {}

  void add(String request, long tokens, boolean isHidden) {
    charges.add(new Charge(request, tokens, isHidden));
  }

  int count() {
    return charges.size();
  }

  long tokens() {
    return charges.stream().mapToLong(Charge::tokens).sum();
  }

  /** Charges for a request that was charged before, with an answer that never reached anybody. */
  int doubleCharges() {
    int doubles = 0;
    for (int i = 1; i < charges.size(); i++) {
      String request = charges.get(i).request;
      doubles +=
          charges.subList(0, i).stream()
                  .anyMatch(before -> before.isHidden && before.request.equals(request))
              ? 1
              : 0;
    }
    return doubles;
  }
}
