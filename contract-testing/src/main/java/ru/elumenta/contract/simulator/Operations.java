package ru.elumenta.contract.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which operation of the contract a request is for. */
final class Operations {
  /** Method, path and operationId; a star stands for a variable. */
  private static final List<String[]> TABLE =
      List.of(
              "POST /generate createGeneration",
              "POST /generate/stream streamGeneration",
              "GET /generate/status/* getGenerationStatus",
              "GET /generate/* getGeneration",
              "POST /stt transcribe",
              "GET /models listModels",
              "GET /models/* getModel",
              "POST /models/*/calculate-price calculatePrice",
              "GET /balance getBalance",
              "GET /user/me getMe",
              "PATCH /user/me updateMe",
              "GET /user/balance getUserBalance",
              "GET /user/stats getStats",
              "GET /user/settings getSettings",
              "PATCH /user/settings updateSettings",
              "GET /user/history listHistory",
              "DELETE /user/history/* deleteGeneration",
              "POST /user/history/*/favorite toggleFavorite",
              "POST /user/history/*/rate rateGeneration",
              "GET /keys listKeys",
              "POST /keys createKey",
              "DELETE /keys/* revokeKey",
              "PATCH /keys/* renameKey",
              "POST /payments/stripe/create-session createStripeSession",
              "POST /payments/promo redeemPromoCode",
              "POST /assistants createAssistant",
              "GET /assistants/marketplace listMarketplaceAssistants",
              "POST /auth/register register",
              "POST /auth/login login",
              "POST /auth/login-phone loginWithPhone",
              "POST /auth/telegram loginWithTelegram",
              "POST /auth/google loginWithGoogle",
              "POST /auth/refresh refreshToken",
              "POST /auth/logout logout",
              "POST /auth/verify-email verifyEmail",
              "POST /auth/forgot-password forgotPassword",
              "POST /auth/reset-password resetPassword")
          .stream()
          .map(line -> line.split(" "))
          .toList();

  /** The operations of somebody who is not logged in. */
  private static final Set<String> WITHOUT_CREDENTIALS =
      Set.of(
          "register",
          "login",
          "loginWithPhone",
          "loginWithTelegram",
          "loginWithGoogle",
          "refreshToken",
          "verifyEmail",
          "forgotPassword",
          "resetPassword");

  /** The operations that cost tokens, and count in the windows. */
  static final Set<String> GENERATING =
      Set.of("createGeneration", "streamGeneration", "transcribe");

  private Operations() {}

  record Match(String operation, List<String> variables) {}

  static List<String[]> table() {
    return TABLE;
  }

  static boolean takesCredentials(String operation) {
    return !WITHOUT_CREDENTIALS.contains(operation);
  }

  static Optional<Match> of(String method, String path) {
    String[] parts = path.split("/", -1);
    for (String[] row : TABLE) {
      if (row[0].equals(method)) {
        List<String> variables = variables(row[1].split("/", -1), parts);
        if (variables != null) {
          return Optional.of(new Match(row[2], variables));
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> variables(String[] template, String[] parts) {
    if (template.length != parts.length) {
      return null;
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      if (template[i].equals("*") && !parts[i].isEmpty()) {
        variables.add(parts[i]);
      } else if (!template[i].equals(parts[i])) {
        return null;
      }
    }
    return variables;
  }
}
