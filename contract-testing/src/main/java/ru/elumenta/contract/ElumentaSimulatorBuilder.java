package ru.elumenta.contract;

import java.util.Objects;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.validation.JacksonVersion;

/** Configures an {@link ElumentaSimulator}. Nothing must be called. Not thread-safe. */
public final class ElumentaSimulatorBuilder {
  int port;
  long seed = 1;
  Dialect dialect = Dialect.FIRST;
  Plan plan = Plan.VIP;
  long balance = 1500;
  TimeSource time = SimulatedTime.started();

  ElumentaSimulatorBuilder() {}

  /** Sets the port. Default: any free one. */
  public ElumentaSimulatorBuilder port(int port) {
    this.port = port;
    return this;
  }

  /** Sets what decides keys, tokens and the length of jobs. Default 1. */
  public ElumentaSimulatorBuilder seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Sets the form of the answers. Default {@link Dialect#FIRST}. */
  public ElumentaSimulatorBuilder dialect(Dialect dialect) {
    this.dialect = Objects.requireNonNull(dialect, "dialect");
    return this;
  }

  /** Sets the plan of the user. Default {@link Plan#VIP}, the lowest with API keys. */
  public ElumentaSimulatorBuilder plan(Plan plan) {
    this.plan = Objects.requireNonNull(plan, "plan");
    return this;
  }

  /** Sets the balance of the user, in tokens. Default 1500. */
  public ElumentaSimulatorBuilder balance(long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("A balance is not negative.");
    }
    this.balance = tokens;
    return this;
  }

  /**
   * Sets the clock. Default: a {@link SimulatedTime} of its own, which begins at {@link
   * SimulatedTime#START}; {@link TimeSource#system()} makes jobs and limits take as long as they
   * do.
   */
  public ElumentaSimulatorBuilder time(TimeSource time) {
    this.time = Objects.requireNonNull(time, "time");
    return this;
  }

  /**
   * Starts it.
   *
   * @throws IllegalStateException if the project around has a Jackson that is too old; the message
   *     says what to change
   */
  public ElumentaSimulator start() {
    JacksonVersion.check();
    return new ElumentaSimulator(this);
  }
}
