package ru.elumenta.contract.exchange;

import java.util.Objects;

/**
 * One deviation of an exchange from the contract. Shows no credentials: values of secret members
 * and headers are never in it, and of others the beginning only.
 *
 * @param operation the operationId, or {@link #NO_OPERATION}
 * @param side who deviated
 * @param place where: a JSON pointer into the body, whose first part is the number of the event for
 *     a stream and the name of the part for a multipart body; or {@code body}; or {@code header},
 *     {@code query} or {@code path} and a name; or {@code status}, {@code method}, {@code path}
 * @param rule which kind of rule
 * @param expected what the contract says
 * @param found what was there, shortened
 * @param isTolerable whether a tolerant reader does not notice it
 */
public record Finding(
    String operation,
    Side side,
    String place,
    Rule rule,
    String expected,
    String found,
    boolean isTolerable) {
  /** Stands for the operation if the contract has none for the request. */
  public static final String NO_OPERATION = "no operation";

  /** Refuses null. */
  public Finding {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(found, "found");
  }

  /** One line for people, as in {@code getModel response /slug: REQUIRED: …}. */
  @Override
  public String toString() {
    return "%s %s %s: %s: expected %s, found %s%s"
        .formatted(
            operation,
            side == Side.REQUEST ? "request" : "response",
            place,
            rule,
            expected,
            found,
            isTolerable ? " (tolerable)" : "");
  }
}
