package ru.elumenta.contract.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ru.elumenta.contract.exchange.RequestMessage;
import ru.elumenta.contract.scenario.Dialect;

/** The operations of users who log in. */
final class Authentication {
  private static final Pattern COOKIE = Pattern.compile("(?:^|; *)refresh_token=([^;]+)");
  private static final int SHORTEST_PASSWORD = 8;

  private final State state;

  Authentication(State state) {
    this.state = state;
  }

  private static String email(Map<String, Object> body) {
    String email = Call.required(body, "email");
    if (!email.matches("[^@ ]+@[^@ ]+")) {
      throw Refusal.field("email", "value is not a valid email address");
    }
    return email;
  }

  private static String newPassword(Map<String, Object> body, String member) {
    String password = Call.required(body, member);
    if (password.length() < SHORTEST_PASSWORD) {
      throw Refusal.field(member, "Password must have at least 8 characters");
    }
    return password;
  }

  Answer register(Call call) {
    Map<String, Object> body = call.body();
    String email = email(body);
    String password = newPassword(body, "password");
    if (state.accounts.containsKey(email)) {
      throw Refusal.conflict("Email already registered");
    }
    Account account = state.newAccount(email, password, call.now());
    return Answer.json(
        Map.of(
            "message",
            "Registration successful. Check your email to verify your account.",
            "user_id",
            account.id));
  }

  Answer login(Call call) {
    Map<String, Object> body = call.body();
    Account account = state.accounts.get(Call.required(body, "email"));
    if (account == null || !account.password.equals(Call.required(body, "password"))) {
      throw Refusal.notAuthenticated("Invalid email or password");
    }
    return session(account, null, call);
  }

  Answer loginWithPhone(Call call) {
    Map<String, Object> body = call.body();
    String phone = Call.required(body, "phone");
    if (!phone.matches("\\+\\d{6,15}")) {
      throw Refusal.field("phone", "value is not a valid phone number");
    }
    Call.required(body, "password");
    return session(account(phone + "@phone", call), null, call);
  }

  Answer loginWithTelegram(Call call) {
    Map<String, Object> body = call.body();
    if (!(body.get("id") instanceof Number id) || !(body.get("auth_date") instanceof Number)) {
      throw Refusal.field("id", "Input should be a valid integer");
    }
    Call.required(body, "first_name");
    Call.required(body, "hash");
    return foreign(id + "@telegram", call);
  }

  Answer loginWithGoogle(Call call) {
    Map<String, Object> body = call.body();
    Object proof = body.getOrDefault("id_token", body.get("code"));
    if (!(proof instanceof String text) || text.isBlank()) {
      throw Refusal.field("id_token", "Field required");
    }
    return foreign(Integer.toHexString(text.hashCode()) + "@google", call);
  }

  private Answer foreign(String email, Call call) {
    boolean isNew = !state.accounts.containsKey(email);
    return session(account(email, call), isNew, call);
  }

  private Account account(String email, Call call) {
    Account known = state.accounts.get(email);
    return known == null ? state.newAccount(email, "", call.now()) : known;
  }

  private Answer session(Account account, Boolean isNew, Call call) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", state.tokens.newAccess(account, call.now()));
    body.put("token_type", "bearer");
    if (isNew != null) {
      body.put("is_new_user", isNew);
    }
    Map<String, Object> user = account.user(state.dialect());
    user.keySet().retainAll(Set.of("id", "email", "username", "name", "plan", "token_balance"));
    body.put("user", user);
    return withRefreshToken(body, state.tokens.newRefresh(account, call.now()));
  }

  /** In the body, or in a cookie. */
  private Answer withRefreshToken(Map<String, Object> body, String token) {
    if (state.dialect() == Dialect.FIRST) {
      body.put("refresh_token", token);
      return Answer.json(body);
    }
    body.put("expires_in", Tokens.ACCESS.toSeconds());
    return Answer.json(body)
        .with("Set-Cookie", "refresh_token=" + token + "; Path=/; HttpOnly; Secure");
  }

  Answer refresh(Call call) {
    String token = given(call.request(), call).orElse(null);
    Account account = state.tokens.spend(token, call.now());
    if (account == null) {
      throw Refusal.notAuthenticated("Refresh token expired or invalid");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("access_token", state.tokens.newAccess(account, call.now()));
    if (state.dialect() == Dialect.FIRST) {
      body.put("token_type", "bearer");
    }
    return withRefreshToken(body, state.tokens.newRefresh(account, call.now()));
  }

  private static Optional<String> given(RequestMessage request, Call call) {
    Matcher cookie = COOKIE.matcher(call.header("Cookie").orElse(""));
    if (cookie.find()) {
      return Optional.of(cookie.group(1));
    }
    if (request.body().length == 0) {
      return Optional.empty();
    }
    return Optional.of(Call.required(call.body(), "refresh_token"));
  }

  Answer logout(Call call) {
    Map<String, Object> body = call.bodyOrNone();
    if (body.get("refresh_token") instanceof String token) {
      state.tokens.spend(token, call.now());
    } else {
      state.tokens.revokeRefreshTokensOf(call.account());
    }
    return Answer.json(Map.of("message", "Logged out successfully"));
  }

  Answer verifyEmail(Call call) {
    Call.required(call.body(), "token");
    return Answer.empty(200);
  }

  Answer forgotPassword(Call call) {
    email(call.body());
    return Answer.empty(200);
  }

  Answer resetPassword(Call call) {
    Map<String, Object> body = call.body();
    Call.required(body, "token");
    newPassword(body, "new_password");
    return Answer.empty(200);
  }
}
