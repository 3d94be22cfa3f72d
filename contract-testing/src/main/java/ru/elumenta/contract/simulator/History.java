package ru.elumenta.contract.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Fault;

/** The generations of a user, page by page. */
final class History {
  private static final Set<String> STATES = Set.of("completed", "pending", "failed");

  private final State state;

  History(State state) {
    this.state = state;
  }

  Answer page(Call call) {
    long page = call.number("page", 1, 1, Integer.MAX_VALUE);
    long limit = call.number("limit", 20, 1, 100);
    call.query("status")
        .filter(status -> !STATES.contains(status))
        .ifPresent(
            status -> {
              throw Refusal.field("status", "Value '%s' is not valid".formatted(status));
            });
    List<SimulatedGeneration> rows =
        RowChanges.shown(state.generationsOf(call.account()), call).stream()
            .filter(wanted(call))
            .toList();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(
        "items",
        rows.stream()
            .skip((page - 1) * limit)
            .limit(limit)
            .map(each -> each.toRow(state.dialect(), call.now(), state.files()))
            .toList());
    body.put("total", rows.size());
    body.put("page", page);
    body.put("limit", limit);
    if (state.dialect() == Dialect.SECOND) {
      body.put("pages", (rows.size() + limit - 1) / limit);
    }
    call.told("rowsAddedWhilePaging").ifPresent(fault -> addWhilePaging(fault, call));
    return Answer.json(body);
  }

  private static Predicate<SimulatedGeneration> wanted(Call call) {
    String category = call.query("category").or(() -> call.query("type")).orElse(null);
    String model = call.query("model_slug").or(() -> call.query("model")).orElse(null);
    String status = call.query("status").orElse(null);
    boolean favorites = call.query("favorites_only").map(Boolean::parseBoolean).orElse(false);
    return each ->
        (category == null || category.equals(each.model.category()))
            && (model == null || model.equals(each.model.slug()))
            && (status == null || status.equals(each.status(call.now())))
            && (!favorites || each.isFavorite);
  }

  private void addWhilePaging(Fault fault, Call call) {
    for (int i = RowChanges.count(fault); i > 0; i--) {
      state.beginForOthers(
          call.account(), Catalog.model("gpt-5"), "Somebody else's prompt", call.now(), Map.of());
    }
  }
}
