package ru.elumenta.contract.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that is refused with a documented error, before anything is done. */
final class Refusal extends RuntimeException {
  private final int status;
  private final Map<String, Object> envelope;
  private final Map<String, String> headers;

  private Refusal(int status, Map<String, Object> envelope, Map<String, String> headers) {
    super(envelope.toString(), null, false, false);
    this.status = status;
    this.envelope = envelope;
    this.headers = headers;
  }

  static Refusal of(int status, String code, String message) {
    return of(status, code, message, Map.of("details", Map.of()), Map.of());
  }

  static Refusal of(
      int status,
      String code,
      String message,
      Map<String, Object> further,
      Map<String, String> headers) {
    Map<String, Object> envelope = new LinkedHashMap<>();
    envelope.put("error", code);
    envelope.put("message", message);
    envelope.putAll(further);
    return new Refusal(status, envelope, headers);
  }

  static Refusal badRequest(String message) {
    return of(400, "bad_request", message);
  }

  static Refusal notAuthenticated(String message) {
    return of(401, "not_authenticated", message);
  }

  static Refusal tokenExpired() {
    return of(401, "token_expired", "Access token has expired");
  }

  /** The only documented conflict. No page names a code for it, and every error has one. */
  static Refusal conflict(String message) {
    return of(409, "bad_request", message);
  }

  static Refusal notFound() {
    return of(404, "not_found", "Generation ID or model not found");
  }

  static Refusal plan(String message) {
    return of(403, "insufficient_plan", message);
  }

  static Refusal tokens(long required, long available) {
    return of(
        402,
        "insufficient_tokens",
        "Insufficient token balance. Required: %d, Available: %d".formatted(required, available),
        Map.of("details", Map.of("required", required, "available", available)),
        Map.of());
  }

  static Refusal field(String field, String message) {
    return of(
        422,
        "validation_error",
        "Request validation failed",
        Map.of("details", Map.of("fields", List.of(Map.of("field", field, "message", message)))),
        Map.of());
  }

  int status() {
    return status;
  }

  Map<String, Object> envelope() {
    return envelope;
  }

  Map<String, String> headers() {
    return headers;
  }
}
