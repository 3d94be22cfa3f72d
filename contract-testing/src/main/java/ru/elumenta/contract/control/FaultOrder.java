package ru.elumenta.contract.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.simulator.ArmedFaults;
import ru.elumenta.contract.simulator.FaultCatalog;

/**
 * A fault to be armed.
 *
 * @param operation null for any
 * @param model null for any
 * @param times {@link Integer#MAX_VALUE} for all
 */
record FaultOrder(Fault fault, String operation, String model, int times) {
  static FaultOrder of(ObjectNode json) {
    Query.checkMembers(json, "fault", "arguments", "operation", "model", "times", "and");
    Fault fault = fault(json);
    for (JsonNode each : json.path("and")) {
      Query.checkMembers(each, "fault", "arguments");
      fault = fault.and(fault(each));
    }
    return new FaultOrder(
        fault, text(json, "operation"), text(json, "model"), times(json.path("times").asText("1")));
  }

  private static String text(JsonNode json, String member) {
    String text = json.path(member).asText("");
    return text.isBlank() || text.equals("*") || text.equals("null") ? null : text;
  }

  private static Fault fault(JsonNode json) {
    Map<String, String> arguments = new LinkedHashMap<>();
    json.path("arguments")
        .properties()
        .forEach(
            each ->
                arguments.put(
                    each.getKey(),
                    each.getValue().isValueNode()
                        ? each.getValue().asText()
                        : each.getValue().toString()));
    return FaultCatalog.fault(json.path("fault").asText(""), arguments);
  }

  static int times(String text) {
    if (text.equals("always")) {
      return Integer.MAX_VALUE;
    }
    try {
      int times = Integer.parseInt(text.strip());
      if (times > 0 && times < Integer.MAX_VALUE) {
        return times;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw new Refused(
        400, "times is '%s', and must be a whole number from 1 on, or always.".formatted(text));
  }

  void arm(ArmedFaults faults) {
    faults.arm(times, operation, model, fault);
  }
}
