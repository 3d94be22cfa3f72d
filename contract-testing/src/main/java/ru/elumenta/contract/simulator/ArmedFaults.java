package ru.elumenta.contract.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import ru.elumenta.contract.Fault;
import ru.elumenta.contract.RequestMessage;

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

    boolean fits(String requested, String slug) {
      return (operation == null || operation.equals(requested))
          && (model == null || model.equals(slug));
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
    if (operation != null
        && Operations.table().stream().noneMatch(row -> row[2].equals(operation))) {
      throw new IllegalArgumentException("The contract has no operation " + operation + ".");
    }
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

  synchronized Optional<Fault> next(String operation, RequestMessage request) {
    String model = armed.stream().anyMatch(each -> each.model != null) ? model(request) : null;
    for (Iterator<Armed> each = armed.iterator(); each.hasNext(); ) {
      Armed next = each.next();
      if (next.fits(operation, model)) {
        if (next.left != Integer.MAX_VALUE && --next.left == 0) {
          each.remove();
        }
        return Optional.of(next.fault);
      }
    }
    return Optional.empty();
  }

  private static String model(RequestMessage request) {
    try {
      return String.valueOf(Json.object(request.body()).get("model"));
    } catch (Refusal e) {
      return null;
    }
  }
}
