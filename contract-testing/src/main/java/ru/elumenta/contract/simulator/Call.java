package ru.elumenta.contract.simulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.scenario.Fault;
import ru.elumenta.contract.scenario.FaultKind;

/**
 * A request on its way through the simulator.
 *
 * @param variables the variable parts of the path, in order
 * @param account null if the operation takes no credentials
 * @param fault null if none was armed for it
 */
record Call(
    RequestMessage request,
    String operation,
    List<String> variables,
    Account account,
    Fault fault,
    Instant now) {

  /** Returns the part of its fault that has this name. */
  Optional<Fault> told(String name) {
    return fault == null
        ? Optional.empty()
        : fault.parts().stream().filter(part -> part.name().equals(name)).findFirst();
  }

  /** Returns the part of its fault that is of this kind. */
  Optional<Fault> part(FaultKind kind) {
    return fault == null
        ? Optional.empty()
        : fault.parts().stream().filter(part -> part.kind() == kind).findFirst();
  }

  Map<String, Object> body() {
    return Json.object(request.body());
  }

  /** Returns the body of a request that need not have one. */
  Map<String, Object> bodyOrNone() {
    return request.body().length == 0 ? Map.of() : body();
  }

  String variable() {
    return decoded(variables.get(0).replace("+", "%2B"));
  }

  private static String decoded(String escaped) {
    try {
      return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The path or the query is not escaped as it should be");
    }
  }

  Optional<String> header(String name) {
    return request.headers().getOrDefault(name, List.of()).stream().findFirst();
  }

  Optional<String> query(String name) {
    for (String each : request.query().split("&")) {
      String[] parts = each.split("=", 2);
      if (parts.length == 2 && parts[0].equals(name)) {
        return Optional.of(decoded(parts[1]));
      }
    }
    return Optional.empty();
  }

  long number(String name, long otherwise, long least, long most) {
    String text = query(name).orElse(null);
    if (text == null) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below.
    }
    throw Refusal.field(name, "Value '%s' is not between %d and %d".formatted(text, least, most));
  }

  /** Returns a text that must be there and not be empty. */
  static String required(Map<String, Object> body, String member) {
    if (body.get(member) instanceof String text && !text.isBlank()) {
      return text;
    }
    throw Refusal.field(member, "Field required");
  }

  static void optionalText(Map<String, Object> body, String member) {
    Object value = body.get(member);
    if (value != null && !(value instanceof String)) {
      throw Refusal.field(member, "Input should be a valid string");
    }
  }
}
