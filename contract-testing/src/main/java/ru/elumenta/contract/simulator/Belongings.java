package ru.elumenta.contract.simulator;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The operations on what a user has: profile, balance, history, keys, assistants, promo codes. */
final class Belongings {
  private static final Set<String> LANGUAGES = Set.of("en", "ru");
  private static final Set<String> FORMATS = Set.of("webp", "png", "jpeg");
  private static final long PROMO_TOKENS = 100;

  private final State state;

  Belongings(State state) {
    this.state = state;
  }

  Answer listModels() {
    return Answer.json(Catalog.all().stream().map(SimulatedModel::toBody).toList());
  }

  Answer model(Call call) {
    return Answer.json(Catalog.model(call.variable()).toBody());
  }

  Answer price(Call call) {
    SimulatedModel model = Catalog.model(call.variable());
    Map<String, Object> body = call.bodyOrNone();
    Map<String, Object> options = new LinkedHashMap<>();
    if (body.get("params") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> options.put(name.toString(), value));
    }
    model.check(options);
    long count = count(body);
    Map<String, Object> price = new LinkedHashMap<>();
    price.put("token_cost", model.price(options) * count);
    price.put("min_token_cost", model.min() * count);
    price.put("max_token_cost", model.max() * count);
    price.put("pricing_type", model.pricing());
    return Answer.json(price);
  }

  private static long count(Map<String, Object> body) {
    Object count = body.getOrDefault("count", 1);
    if (!(count instanceof Integer number) || number < 1) {
      throw Refusal.field("count", "Value must be a positive integer");
    }
    return number;
  }

  Answer balance(Call call) {
    Account account = call.account();
    Map<String, Object> balance = new LinkedHashMap<>();
    balance.put("token_balance", account.balance);
    balance.put("plan", account.plan.wireName());
    balance.put("plan_expires_at", account.planExpiresAt());
    return Answer.json(balance);
  }

  Answer userBalance(Call call) {
    Account account = call.account();
    Map<String, Object> balance = new LinkedHashMap<>();
    balance.put("plan", account.plan.wireName());
    balance.put("token_balance", account.balance);
    balance.put("plan_tokens_remaining", account.balance);
    balance.put("bonus_tokens", 0);
    balance.put("plan_expires_at", account.planExpiresAt());
    balance.put("next_refill_at", account.planExpiresAt());
    return Answer.json(balance);
  }

  Answer me(Call call) {
    return Answer.json(call.account().user(state.dialect()));
  }

  Answer updateMe(Call call) {
    Map<String, Object> body = call.body();
    for (String member : List.of("name", "username", "avatar_url")) {
      Call.optionalText(body, member);
    }
    Object name = body.getOrDefault("name", body.get("username"));
    if (name != null) {
      call.account().name = name.toString();
    }
    return me(call);
  }

  Answer stats(Call call) {
    List<SimulatedGeneration> all =
        state.generationsOf(call.account()).stream()
            .filter(each -> each.status(call.now()).equals("completed"))
            .toList();
    Map<String, Object> breakdown = new LinkedHashMap<>();
    for (String category : List.of("text", "image", "video", "audio", "tools")) {
      List<SimulatedGeneration> some =
          all.stream().filter(each -> kind(each).equals(category)).toList();
      breakdown.put(category, Map.of("count", some.size(), "tokens", tokens(some)));
    }
    List<SimulatedGeneration> recent =
        all.stream()
            .filter(each -> each.createdAt.isAfter(call.now().minus(30, ChronoUnit.DAYS)))
            .toList();
    Map<String, Object> stats = new LinkedHashMap<>();
    stats.put("total_generations", all.size());
    stats.put("tokens_spent_total", tokens(all));
    stats.put("breakdown", breakdown);
    stats.put("recent_30d", Map.of("generations", recent.size(), "tokens_spent", tokens(recent)));
    return Answer.json(stats);
  }

  private static String kind(SimulatedGeneration generation) {
    return switch (generation.model.category()) {
      case "text", "image", "video" -> generation.model.category();
      case "audio_tool" -> "tools";
      default -> "audio";
    };
  }

  private static long tokens(List<SimulatedGeneration> some) {
    return some.stream().mapToLong(each -> each.price).sum();
  }

  Answer settings(Call call) {
    return Answer.json(call.account().settings);
  }

  Answer updateSettings(Call call) {
    Map<String, Object> body = call.body();
    Map<String, Object> settings = call.account().settings;
    Map<String, Object> changed = new LinkedHashMap<>(settings);
    takeOne("language", LANGUAGES, body, changed);
    takeOne("image_format", FORMATS, body, changed);
    Object notifications = body.get("notifications_enabled");
    if (notifications != null && !(notifications instanceof Boolean)) {
      throw Refusal.field("notifications_enabled", "Input should be a valid boolean");
    }
    if (notifications != null) {
      changed.put("notifications_enabled", notifications);
    }
    settings.putAll(changed);
    return settings(call);
  }

  private static void takeOne(
      String member, Set<String> allowed, Map<String, Object> body, Map<String, Object> changed) {
    Object value = body.get(member);
    if (value == null) {
      return;
    }
    if (!allowed.contains(value.toString())) {
      throw Refusal.field(member, "Value '%s' is not valid".formatted(value));
    }
    changed.put(member, value);
  }

  Answer delete(Call call) {
    state.delete(state.generation(call));
    return Answer.empty(200);
  }

  Answer toggleFavorite(Call call) {
    SimulatedGeneration generation = state.generation(call);
    generation.isFavorite = !generation.isFavorite;
    return Answer.empty(200);
  }

  Answer rate(Call call) {
    SimulatedGeneration generation = state.generation(call);
    if (!(call.body().get("rating") instanceof Integer rating) || rating < 1 || rating > 5) {
      throw Refusal.field("rating", "Value must be between 1 and 5");
    }
    generation.rating = rating;
    return Answer.empty(200);
  }

  Answer listKeys(Call call) {
    return Answer.json(
        state.tokens.keys().values().stream()
            .filter(key -> key.account() == call.account())
            .map(
                key -> {
                  Map<String, Object> body = key.toBody();
                  body.put("key", key.key().substring(0, 11) + "...");
                  return body;
                })
            .toList());
  }

  Answer createKey(Call call) {
    String name = Call.required(call.body(), "name");
    return Answer.json(
        state
            .tokens
            .newKey(call.account(), name, call.now().truncatedTo(ChronoUnit.SECONDS))
            .toBody());
  }

  private Tokens.Key key(Call call) {
    return state.tokens.keys().values().stream()
        .filter(key -> key.account() == call.account())
        .filter(key -> call.variable().equals("" + key.id()))
        .findFirst()
        .orElseThrow(Refusal::notFound);
  }

  Answer revokeKey(Call call) {
    state.tokens.keys().remove(key(call).key());
    return Answer.empty(204);
  }

  Answer renameKey(Call call) {
    Tokens.Key key = key(call);
    String name = Call.required(call.body(), "name");
    state
        .tokens
        .keys()
        .put(key.key(), new Tokens.Key(key.id(), key.key(), name, key.account(), key.createdAt()));
    return Answer.empty(200);
  }

  Answer checkout(Call call) {
    Call.required(call.body(), "plan");
    return Answer.json(Map.of("checkout_url", "https://checkout.stripe.com/simulated"));
  }

  Answer redeem(Call call) {
    String code = Call.required(call.body(), "code");
    if (!call.account().promoCodes.add(code)) {
      throw Refusal.badRequest("Promo code already used");
    }
    call.account().balance += PROMO_TOKENS;
    return Answer.empty(200);
  }

  Answer createAssistant(Call call) {
    Map<String, Object> body = call.body();
    Map<String, Object> assistant = new LinkedHashMap<>();
    assistant.put("id", "asst_%012d".formatted(state.assistants.size() + 1));
    assistant.put("name", Call.required(body, "name"));
    for (String member : List.of("description", "model", "instructions")) {
      Call.optionalText(body, member);
      if (body.get(member) != null) {
        assistant.put(member, body.get(member));
      }
    }
    state.assistants.add(assistant);
    return Answer.json(assistant);
  }

  Answer marketplace() {
    return Answer.json(Map.of("items", List.copyOf(state.assistants)));
  }
}
