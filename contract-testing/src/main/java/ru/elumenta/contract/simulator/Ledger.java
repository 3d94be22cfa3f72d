package ru.elumenta.contract.simulator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was charged, for which request, and whether the caller was told. */
final class Ledger {
  private final List<Charge> charges = new ArrayList<>();
  private final Set<String> hidden = new HashSet<>(); // requests, by model and input
  private long tokens;
  private int doubles;

  void add(String id, String model, String input, long price, boolean isHidden) {
    String request = model + " " + input;
    boolean isDouble = hidden.contains(request);
    if (isHidden) {
      hidden.add(request);
    }
    charges.add(new Charge(id, model, input, price, isHidden, isDouble));
    tokens += price;
    doubles += isDouble ? 1 : 0;
  }

  int count() {
    return charges.size();
  }

  long tokens() {
    return tokens;
  }

  /** Charges for a request that was charged before, with an answer that never reached anybody. */
  int doubleCharges() {
    return doubles;
  }

  List<Charge> charges() {
    return List.copyOf(charges);
  }
}
