package ru.elumenta.contract.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** API keys, and the tokens of sessions: which account they are for and until when. */
final class Tokens {
  static final Duration ACCESS = Duration.ofMinutes(15);
  private static final Duration REFRESH = Duration.ofDays(30);
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
  private static final int KEY_LENGTH = 48;

  private final Random random;
  private final Map<String, Key> keys = new LinkedHashMap<>(); // by the key itself
  private final Map<String, Limited> access = new LinkedHashMap<>();
  private final Map<String, Limited> refresh = new LinkedHashMap<>();
  private long lastKeyId;

  record Key(long id, String key, String name, Account account, Instant createdAt) {
    Map<String, Object> toBody() {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("id", id);
      body.put("name", name);
      body.put("key", key);
      body.put("created_at", createdAt.toString());
      return body;
    }
  }

  record Limited(Account account, Instant until) {}

  Tokens(Random random) {
    this.random = random;
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  Key newKey(Account account, String name, Instant now) {
    String text = "nb_" + text(KEY_LENGTH - 3);
    Key key = new Key(++lastKeyId, text, name, account, now);
    keys.put(text, key);
    return key;
  }

  Map<String, Key> keys() {
    return keys;
  }

  String newAccess(Account account, Instant now) {
    String token = "access." + text(32);
    access.put(token, new Limited(account, now.plus(ACCESS)));
    return token;
  }

  String newRefresh(Account account, Instant now) {
    String token = "refresh." + text(32);
    refresh.put(token, new Limited(account, now.plus(REFRESH)));
    return token;
  }

  /** Takes a refresh token out of use; null if it is not good. */
  Account spend(String token, Instant now) {
    Limited spent = token == null ? null : refresh.remove(token);
    return spent == null || spent.until.isBefore(now) ? null : spent.account;
  }

  void revokeRefreshTokensOf(Account account) {
    refresh.values().removeIf(each -> each.account == account);
  }

  void expireAccess(Instant now) {
    access.replaceAll((token, each) -> new Limited(each.account, now.minusSeconds(1)));
  }

  /** Returns whose request this is, or refuses it. */
  Account accountOf(String authorization, Instant now) {
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      throw Refusal.notAuthenticated("Missing or invalid Authorization header");
    }
    String token = authorization.substring("Bearer ".length()).strip();
    Key key = keys.get(token);
    if (key != null) {
      if (!key.account.plan.hasApiAccess()) {
        throw Refusal.plan("API access requires the VIP or Elite plan");
      }
      return key.account;
    }
    Limited limited = access.get(token);
    if (limited == null) {
      throw Refusal.notAuthenticated("Missing or invalid Authorization header");
    }
    if (!now.isBefore(limited.until)) {
      throw Refusal.tokenExpired();
    }
    return limited.account;
  }
}
