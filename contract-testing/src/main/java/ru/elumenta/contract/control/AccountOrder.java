package ru.elumenta.contract.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ru.elumenta.contract.scenario.Plan;
import ru.elumenta.contract.simulator.DurationText;
import ru.elumenta.contract.simulator.SimulatedService;

/** What is to be changed in the account or in the time; all of it is checked before any is. */
final class AccountOrder {
  private AccountOrder() {}

  static void advance(Simulation simulator, JsonNode json) {
    Query.checkMembers(json, "advance");
    advance(simulator, json.path("advance").asText(""));
  }

  static void advance(Simulation simulator, String text) {
    Duration duration = DurationText.parse(text);
    if (duration.isNegative()) {
      throw new Refused(400, "Time goes forward only.");
    }
    simulator.advance(duration);
  }

  static void change(SimulatedService service, JsonNode json) {
    Query.checkMembers(json, "balance", "plan", "exhaustHour", "expireAccessTokens", "clockSkew");
    JsonNode balance = json.path("balance");
    if (!balance.isMissingNode()
        && !(balance.canConvertToLong() && balance.isIntegralNumber() && balance.asLong() >= 0)) {
      throw new Refused(400, "balance must be a whole number from 0 on.");
    }
    Plan plan = json.has("plan") ? plan(json.get("plan").asText()) : null;
    Duration skew =
        json.has("clockSkew") ? DurationText.parse(json.get("clockSkew").asText()) : null;
    if (!balance.isMissingNode()) {
      service.balance(balance.asLong());
    }
    if (plan != null) {
      service.plan(plan);
    }
    if (skew != null) {
      service.skew(skew);
    }
    if (json.path("exhaustHour").asBoolean()) {
      service.exhaustHour();
    }
    if (json.path("expireAccessTokens").asBoolean()) {
      service.expireAccessTokens();
    }
  }

  static Plan plan(String text) {
    return Stream.of(Plan.values())
        .filter(each -> each.wireName().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new Refused(
                    400,
                    "plan is '%s', and must be one of %s."
                        .formatted(
                            text,
                            Stream.of(Plan.values())
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")))));
  }
}
