package ru.elumenta.contract.simulator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import ru.elumenta.contract.scenario.Dialect;
import ru.elumenta.contract.scenario.Plan;

/** A user, what he has and what he may do. */
final class Account {
  private static final long INITIAL = 50;

  final long id;
  final String email;
  final RequestWindows windows = new RequestWindows();
  final Map<String, Object> settings = new LinkedHashMap<>();
  final Set<String> promoCodes = new LinkedHashSet<>();
  final Instant createdAt;
  String password;
  String name;
  Plan plan = Plan.FREE;
  long balance = INITIAL;
  long charged;

  Account(long id, String email, String password, Instant createdAt) {
    this.id = id;
    this.email = email;
    this.password = password;
    this.createdAt = createdAt.truncatedTo(ChronoUnit.SECONDS);
    this.name = email.replaceFirst("@.*", "");
    settings.put("language", "en");
    settings.put("image_format", "webp");
    settings.put("notifications_enabled", true);
    settings.put("default_image_size", "1024x1024");
  }

  void charge(long tokens) {
    balance -= tokens;
    charged += tokens;
  }

  String planExpiresAt() {
    return plan == Plan.FREE ? null : createdAt.plus(365, ChronoUnit.DAYS).toString();
  }

  Map<String, Object> user(Dialect dialect) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", id);
    user.put("email", email);
    user.put(dialect == Dialect.FIRST ? "username" : "name", name);
    user.put("plan", plan.wireName());
    user.put("plan_expires_at", planExpiresAt());
    user.put("token_balance", balance);
    if (dialect == Dialect.FIRST) {
      user.put("created_at", createdAt.toString());
      return user;
    }
    user.put("tokens_used_this_period", charged);
    plan.perHour().ifPresent(limit -> user.put("rate_limit_hourly", limit));
    plan.perDay().ifPresent(limit -> user.put("rate_limit_daily", limit));
    user.put("auth_methods", Map.of("telegram", false, "google", false, "email", true));
    return user;
  }
}
