package ru.elumenta.contract;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.simulator.ArmedFaults;

/**
 * Which requests a fault is for, as in {@code simulator.next(2).to("createGeneration")
 * .forModel("gpt-5").fail(Fault.modelUnavailable())}. Takes effect with {@link #fail}. Immutable.
 */
public final class FaultRule {
  private final int times;
  private final @Nullable String operation; // null for any
  private final @Nullable String model; // null for any
  private final Supplier<ArmedFaults> target;

  FaultRule(
      int times, @Nullable String operation, @Nullable String model, Supplier<ArmedFaults> target) {
    if (times < 1) {
      throw new IllegalArgumentException("A fault is for one request at least.");
    }
    this.times = times;
    this.operation = operation;
    this.model = model;
    this.target = target;
  }

  /** Narrows it to one operation. */
  public FaultRule to(String operationId) {
    return new FaultRule(times, Objects.requireNonNull(operationId), model, target);
  }

  /** Narrows it to requests that name one model. */
  public FaultRule forModel(String slug) {
    return new FaultRule(times, operation, Objects.requireNonNull(slug), target);
  }

  /**
   * Arms it. Of several rules that fit a request the one that was armed first is used; beside it
   * come all that are armed for every request and are only about how the work is told.
   *
   * @throws IllegalArgumentException if the fault can never come to the operation, or there is no
   *     such operation; the message lists those that are possible
   */
  public void fail(Fault fault) {
    target.get().arm(times, operation, model, Objects.requireNonNull(fault, "fault"));
  }
}
