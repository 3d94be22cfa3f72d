package ru.elumenta.contract.validation;

import java.util.ArrayList;
import java.util.List;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Rule;
import ru.elumenta.contract.exchange.Side;

/** Takes the findings of one side of one exchange. */
final class FindingList {
  private final String operation;
  private final Side side;
  private final Shown shown;
  private final List<Finding> findings = new ArrayList<>();

  FindingList(String operation, Side side, Shown shown) {
    this.operation = operation;
    this.side = side;
    this.shown = shown;
  }

  void add(String place, Rule rule, String expected, String found) {
    add(place, rule, expected, found, false);
  }

  void addTolerable(String place, Rule rule, String expected, String found) {
    add(place, rule, expected, found, true);
  }

  void add(String place, Rule rule, String expected, String found, boolean isTolerable) {
    findings.add(
        new Finding(
            operation, side, shown.place(place), rule, expected, shown.clean(found), isTolerable));
  }

  Shown shown() {
    return shown;
  }

  List<Finding> all() {
    return findings;
  }
}
