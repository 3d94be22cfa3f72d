package ru.elumenta.contract.simulator;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.FaultKind;

/** Which operations a fault can come to. */
final class FaultReach {
  private static final List<String> ALL = Operations.table().stream().map(row -> row[2]).toList();
  private static final List<String> GENERATING =
      List.of("createGeneration", "streamGeneration", "transcribe");
  private static final List<String> SHOWING =
      List.of(
          "createGeneration", "getGeneration", "getGenerationStatus", "transcribe", "listHistory");
  private static final List<String> STREAMING = List.of("streamGeneration", "createGeneration");

  private FaultReach() {}

  /** Returns the operations, in the order of the contract. */
  static List<String> of(Fault fault) {
    Set<String> operations = new LinkedHashSet<>(ALL);
    fault.parts().forEach(part -> operations.retainAll(ofPart(part)));
    return List.copyOf(operations);
  }

  private static List<String> ofPart(Fault part) {
    return switch (part.kind()) {
      case FAILED_GENERATION, SLOW_JOB -> GENERATING;
      case EVENTS -> STREAMING;
      case ROWS ->
          switch (part.name()) {
            case "rowClock", "rowTimes" -> SHOWING;
            case "rowsOfOthers", "rowsOfOthersWithOtherParameters" -> GENERATING;
            case "lateRows" ->
                List.of("createGeneration", "streamGeneration", "transcribe", "listHistory");
            default -> List.of("listHistory");
          };
      default -> ALL;
    };
  }

  /**
   * Refuses what could never happen.
   *
   * @param operation null for any
   */
  static void check(Fault fault, String operation) {
    if (operation != null && !ALL.contains(operation)) {
      throw new IllegalArgumentException(
          "The contract has no operation %s; it has %s."
              .formatted(operation, String.join(", ", ALL)));
    }
    List<String> possible = of(fault);
    if (possible.isEmpty()) {
      throw new IllegalArgumentException(
          "The parts of the fault %s never come to the same operation.".formatted(fault));
    }
    if (operation != null && !possible.contains(operation)) {
      throw new IllegalArgumentException(
          "The fault %s cannot come to %s; it can to %s."
              .formatted(fault.name(), operation, String.join(", ", possible)));
    }
  }

  /** Says whether a fault has an effect on a request; one that has none must not be used up. */
  static boolean comesTo(Fault fault, String operation, RequestMessage request) {
    if (fault.parts().stream().allMatch(part -> ofPart(part) == ALL)) {
      return true; // to what is no operation too
    }
    boolean isStream =
        operation.equals("streamGeneration")
            || fault.parts().stream().noneMatch(part -> part.kind() == FaultKind.EVENTS)
            || asksForStream(request);
    return isStream && of(fault).contains(operation);
  }

  private static boolean asksForStream(RequestMessage request) {
    try {
      return Boolean.TRUE.equals(Json.object(request.body()).get("stream"));
    } catch (Refusal e) {
      return false;
    }
  }
}
