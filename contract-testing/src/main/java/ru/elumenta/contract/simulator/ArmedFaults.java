package ru.elumenta.contract.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.Fault.Phase;

/** Which faults wait for which requests. Thread-safe. */
public final class ArmedFaults {
  private final List<Armed> armed = new ArrayList<>();

  private static final class Armed {
    private final String operation;
    private final String model;
    private final Fault fault;
    private int left;

    Armed(int times, String operation, String model, Fault fault) {
      this.left = times;
      this.operation = operation;
      this.model = model;
      this.fault = fault;
    }

    /** A peculiarity that the service always has stands beside what happens to one request. */
    boolean isLasting() {
      return left == Integer.MAX_VALUE
          && fault.parts().stream().allMatch(part -> part.phase() == Phase.IN_ANSWER);
    }

    boolean fits(String requested, RequestMessage request) {
      return (operation == null || operation.equals(requested))
          && FaultReach.comesTo(fault, requested, request)
          && (model == null || model.equals(model(request)));
    }
  }

  /**
   * Arms a fault.
   *
   * @param times for how many requests; {@link Integer#MAX_VALUE} for all
   * @param operation null for any
   * @param model null for any
   */
  public synchronized void arm(int times, String operation, String model, Fault fault) {
    FaultReach.check(fault, operation);
    armed.add(new Armed(times, operation, model, fault));
  }

  /** Disarms all. */
  public synchronized void clear() {
    armed.clear();
  }

  /** Returns how many faults wait for requests that have not come. */
  public synchronized int left() {
    return (int) armed.stream().filter(each -> each.left != Integer.MAX_VALUE).count();
  }

  /** The lasting peculiarities that fit, and of the others the one that was armed first. */
  synchronized Optional<Fault> next(String operation, RequestMessage request) {
    Fault met = null;
    boolean isFound = false;
    for (Iterator<Armed> each = armed.iterator(); each.hasNext(); ) {
      Armed next = each.next();
      if (isFound && !next.isLasting() || !next.fits(operation, request)) {
        continue;
      }
      isFound = isFound || !next.isLasting();
      if (next.left != Integer.MAX_VALUE && --next.left == 0) {
        each.remove();
      }
      met = met == null ? next.fault : met.and(next.fault);
    }
    return Optional.ofNullable(met);
  }

  /** Returns what waits, a line each. */
  public synchronized List<Waiting> waiting() {
    return armed.stream()
        .map(each -> new Waiting(each.operation, each.model, each.fault, each.left))
        .toList();
  }

  /**
   * A fault that waits.
   *
   * @param operation null for any
   * @param model null for any
   * @param times {@link Integer#MAX_VALUE} for all
   */
  public record Waiting(String operation, String model, Fault fault, int times) {}

  private static String model(RequestMessage request) {
    try {
      return String.valueOf(Json.object(request.body()).get("model"));
    } catch (Refusal e) {
      return null;
    }
  }
}
