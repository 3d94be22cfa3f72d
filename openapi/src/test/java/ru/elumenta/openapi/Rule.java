package ru.elumenta.openapi;

import java.util.List;
import java.util.function.Function;

/**
 * One rule that the contract keeps, with the proof that it can be broken.
 *
 * @param sentence what the rule says
 * @param check returns what breaks the rule, nothing if it is kept
 * @param counterexample a contract that breaks the rule in one place
 * @param finding what the check says about the counterexample
 */
record Rule(
    String sentence,
    Function<Contract, List<String>> check,
    String counterexample,
    String finding) {
  List<String> findings(Contract contract) {
    return check.apply(contract);
  }
}
