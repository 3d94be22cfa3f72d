package ru.elumenta.contract.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.simulator.ArmedFaults;
import ru.elumenta.contract.simulator.Conversation;
import ru.elumenta.contract.simulator.FaultCatalog;
import ru.elumenta.contract.simulator.Overview;
import ru.elumenta.contract.simulator.Secrets;
import ru.elumenta.contract.simulator.SimulatedService;
import ru.elumenta.contract.simulator.SimulatedService.Seen;

/** The simulator as JSON, for tests in any language. */
final class ControlApi {
  private static final int MOST_CHARACTERS = 4_000;
  private static final String POSSIBLE =
      "GET state, charges, conversation, findings, faults, key; POST faults, time, account, reset;"
          + " DELETE faults";

  private final Simulation simulator;
  private final CheckedExchanges checked;

  ControlApi(Simulation simulator, CheckedExchanges checked) {
    this.simulator = simulator;
    this.checked = checked;
  }

  /** Answers a request; the path is what follows {@code /__elumenta}. */
  Reply answer(RequestMessage request, String path) {
    String asked = request.method() + " " + path.replaceFirst("/$", "");
    return switch (asked) {
      case "GET /state" -> hidden(state());
      case "GET /charges" -> hidden(charges());
      case "GET /conversation" -> hidden(conversation(Query.number(request, "since", 0)));
      case "GET /findings" -> hidden(findings());
      case "GET /faults" -> hidden(faults());
      case "GET /key" -> Reply.json(200, Map.of("apiKey", simulator.apiKey()));
      case "POST /faults" -> {
        FaultOrder.of(Query.json(request)).arm(simulator.service().faults());
        yield hidden(faults());
      }
      case "DELETE /faults" -> {
        simulator.healthy();
        yield hidden(faults());
      }
      case "POST /time" -> {
        AccountOrder.advance(simulator, Query.json(request));
        yield hidden(state());
      }
      case "POST /account" -> {
        AccountOrder.change(simulator.service(), Query.json(request));
        yield hidden(state());
      }
      case "POST /reset" -> {
        simulator.reset();
        yield hidden(state());
      }
      default ->
          throw new Refused(404, "There is no %s here; there are %s.".formatted(asked, POSSIBLE));
    };
  }

  private static Reply hidden(Object value) {
    Reply reply = Reply.json(200, value);
    return new Reply(200, reply.type(), Secrets.hide(reply.body()), null);
  }

  private Map<String, Object> state() {
    SimulatedService now = simulator.service();
    Overview overview = now.overview();
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("baseUrl", simulator.baseUrl());
    state.put("time", overview.time().toString());
    state.put("plan", overview.plan().wireName());
    state.put("balance", overview.balance());
    state.put("requests", now.requests(null));
    state.put("generationsCreated", overview.generations());
    state.put("charges", overview.charges());
    state.put("tokensCharged", overview.tokensCharged());
    state.put("doubleCharges", overview.doubleCharges());
    state.put("requestsTooEarly", overview.requestsTooEarly());
    state.put("faultsLeft", now.faults().left());
    state.put("unreadable", now.unreadable());
    Map<String, Object> windows = new LinkedHashMap<>();
    for (Overview.Window each : overview.windows()) {
      windows.put(
          each.name(),
          Map.of("used", each.used(), "limit", each.limit(), "reset", each.reset().toString()));
    }
    state.put("windows", windows);
    List<Object> jobs = new ArrayList<>();
    for (Overview.Job each : overview.jobs()) {
      Map<String, Object> job = new LinkedHashMap<>();
      job.put("id", each.id());
      job.put("model", each.model());
      job.put("progress", each.percent());
      job.put("end", each.end().toString());
      jobs.add(job);
    }
    state.put("jobs", jobs);
    return state;
  }

  private Map<String, Object> charges() {
    Overview overview = simulator.service().overview();
    Map<String, Object> charges = new LinkedHashMap<>();
    charges.put("charges", overview.charges());
    charges.put("tokensCharged", overview.tokensCharged());
    charges.put("doubleCharges", overview.doubleCharges());
    charges.put(
        "items",
        simulator.service().chargeList().stream()
            .map(
                each -> {
                  Map<String, Object> charge = new LinkedHashMap<>();
                  charge.put("id", each.id());
                  charge.put("model", each.model());
                  charge.put("input", each.input());
                  charge.put("tokens", each.tokens());
                  charge.put("hidden", each.isHidden());
                  charge.put("double", each.isDouble());
                  return charge;
                })
            .toList());
    return charges;
  }

  private Map<String, Object> conversation(long since) {
    List<Object> items = new ArrayList<>();
    for (Seen each : simulator.service().seen()) {
      if (each.number() > since) {
        items.add(exchange(each));
      }
    }
    return Map.of("items", items);
  }

  private static Map<String, Object> exchange(Seen seen) {
    RequestMessage request = seen.exchange().request();
    Map<String, Object> exchange = new LinkedHashMap<>();
    exchange.put("number", seen.number());
    exchange.put("time", seen.time().toString());
    exchange.put("operation", seen.operation());
    exchange.put("method", request.method());
    exchange.put("path", request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
    exchange.put("request", Conversation.shown(request.path(), request.body(), MOST_CHARACTERS));
    seen.exchange()
        .response()
        .ifPresent(
            response -> {
              exchange.put("status", response.status());
              exchange.put(
                  "response", Conversation.shown(request.path(), response.body(), MOST_CHARACTERS));
            });
    exchange.put("fault", seen.fault().map(Object::toString).orElse(null));
    return exchange;
  }

  private Map<String, Object> findings() {
    List<Object> items = new ArrayList<>();
    for (Seen seen : simulator.service().seen()) {
      for (Finding each : checked.of(seen)) {
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("number", seen.number());
        finding.put("operation", each.operation());
        finding.put("side", each.side().name().toLowerCase(Locale.ROOT));
        finding.put("place", each.place());
        finding.put("rule", each.rule().name());
        finding.put("expected", each.expected());
        finding.put("found", each.found());
        finding.put("tolerable", each.isTolerable());
        items.add(finding);
      }
    }
    return Map.of("items", items);
  }

  private Map<String, Object> faults() {
    List<Object> waiting = new ArrayList<>();
    for (ArmedFaults.Waiting each : simulator.service().faults().waiting()) {
      Map<String, Object> rule = new LinkedHashMap<>();
      rule.put("fault", each.fault().toString());
      rule.put("operation", each.operation());
      rule.put("model", each.model());
      rule.put("times", each.times() == Integer.MAX_VALUE ? "always" : (Object) each.times());
      waiting.add(rule);
    }
    List<Object> possible = new ArrayList<>();
    for (FaultCatalog.Entry each : FaultCatalog.entries()) {
      Map<String, Object> fault = new LinkedHashMap<>();
      fault.put("fault", each.name());
      fault.put("says", each.says());
      fault.put("arguments", each.parameters());
      fault.put("operations", each.operations());
      possible.add(fault);
    }
    Map<String, Object> faults = new LinkedHashMap<>();
    faults.put("waiting", waiting);
    faults.put("possible", possible);
    return faults;
  }
}
