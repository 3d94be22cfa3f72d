package ru.elumenta.contract;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What may go wrong with one request to the simulator, as in {@code
 * simulator.next().to("createGeneration").fails(Fault.resetAfterProcessing())}. Immutable.
 *
 * <p>Faults are of three kinds: those that answer without doing anything (nothing is charged);
 * those that do the work and then lose or spoil the answer (it is charged); and those in the result
 * of a generation.
 */
public final class Fault {
  /** When in the life of a request the fault comes. */
  public enum Phase {
    /** Before anything is done: the account is as it was. */
    BEFORE_PROCESSING,
    /** After the work is done, and charged. */
    AFTER_PROCESSING,
    /** In the work itself. */
    IN_PROCESSING
  }

  /** What happens. */
  public enum Kind {
    /** Another answer. */
    ANSWER,
    /** The answer comes late. */
    DELAY,
    /** Headers and half of the body, then silence. */
    STALL,
    /** The body byte by byte. */
    DRIP,
    /** The connection is reset in place of an answer. */
    RESET,
    /** The connection is closed within the body. */
    CUT,
    /** The answer is whole HTTP, and half of its JSON. */
    BROKEN_JSON,
    /** The generation ends failed. */
    FAILED_GENERATION,
    /** The generation takes longer. */
    SLOW_JOB
  }

  private final String name;
  private final Phase phase;
  private final Kind kind;
  private final int status;
  private final String contentType;
  private final String body;
  private final Map<String, String> headers;
  private final Duration time;

  private Fault(
      String name,
      Phase phase,
      Kind kind,
      int status,
      String contentType,
      String body,
      Map<String, String> headers,
      Duration time) {
    this.name = name;
    this.phase = phase;
    this.kind = kind;
    this.status = status;
    this.contentType = contentType;
    this.body = body;
    this.headers = headers;
    this.time = time;
  }

  private static Fault wire(String name, Phase phase, Kind kind, Duration time) {
    return new Fault(name, phase, kind, 0, null, null, Map.of(), time);
  }

  private static Fault envelope(int status, String code, String message, String further) {
    String body = "{\"error\":\"%s\",\"message\":\"%s\"%s}".formatted(code, message, further);
    return answer(code, status, "application/json", body);
  }

  private static Fault answer(String name, int status, String contentType, String body) {
    return new Fault(
        name,
        Phase.BEFORE_PROCESSING,
        Kind.ANSWER,
        status,
        contentType,
        body,
        Map.of(),
        Duration.ZERO);
  }

  /** 503 {@code model_unavailable}; nothing is charged. */
  public static Fault modelUnavailable() {
    return envelope(
        503, "model_unavailable", "Model is temporarily down or overloaded", ",\"details\":{}");
  }

  /** 500 {@code provider_error}; nothing is charged. */
  public static Fault providerError() {
    return envelope(
        500,
        "provider_error",
        "Provider returned an error. No tokens were charged.",
        ",\"provider\":\"openai\"");
  }

  /** 429 that asks to come back later; nothing is charged. */
  public static Fault rateLimited(Duration retryAfter) {
    long seconds = retryAfter.toSeconds();
    return envelope(
            429,
            "rate_limit_exceeded",
            "Hourly limit reached: 100 requests/hour",
            ",\"retry_after\":%d,\"limit_hour\":100,\"limit_day\":1000".formatted(seconds))
        .withHeader("Retry-After", Long.toString(seconds));
  }

  /** 401 {@code token_expired}, whatever the token; nothing is charged. */
  public static Fault tokenExpired() {
    return envelope(401, "token_expired", "Access token has expired", ",\"details\":{}");
  }

  /** Any status with any code in the documented envelope; nothing is charged. */
  public static Fault error(int status, String code) {
    return envelope(status, code, "Simulated failure", ",\"details\":{}");
  }

  /** A status whose JSON is not the documented envelope; nothing is charged. */
  public static Fault wrongEnvelope(int status) {
    return answer(
        "wrongEnvelope", status, "application/json", "{\"detail\":\"Something went wrong\"}");
  }

  /** A status with the page of a proxy; nothing is charged. */
  public static Fault htmlPage(int status) {
    return answer(
        "htmlPage", status, "text/html", "<html><body><h1>" + status + "</h1></body></html>");
  }

  /** The connection is reset before the request is looked at; nothing is charged. */
  public static Fault resetBeforeProcessing() {
    return wire("resetBeforeProcessing", Phase.BEFORE_PROCESSING, Kind.RESET, Duration.ZERO);
  }

  /** The connection is reset when the work is done: charged, but never told. */
  public static Fault resetAfterProcessing() {
    return wire("resetAfterProcessing", Phase.AFTER_PROCESSING, Kind.RESET, Duration.ZERO);
  }

  /** The work is done; headers and half of the body come, then nothing more. */
  public static Fault stall() {
    return wire("stall", Phase.AFTER_PROCESSING, Kind.STALL, Duration.ZERO);
  }

  /** The work is done; the connection is closed within the body. */
  public static Fault truncatedBody() {
    return wire("truncatedBody", Phase.AFTER_PROCESSING, Kind.CUT, Duration.ZERO);
  }

  /** The work is done; what comes is an HTTP answer with half of its JSON. */
  public static Fault brokenJson() {
    return wire("brokenJson", Phase.AFTER_PROCESSING, Kind.BROKEN_JSON, Duration.ZERO);
  }

  /** The work is done; the answer comes so much later, in real time. */
  public static Fault delay(Duration time) {
    return wire("delay", Phase.AFTER_PROCESSING, Kind.DELAY, time);
  }

  /** The work is done; the body comes byte by byte with a pause after each, in real time. */
  public static Fault drip(Duration pause) {
    return wire("drip", Phase.AFTER_PROCESSING, Kind.DRIP, pause);
  }

  /** The work is done, and the answer is a gateway's 504 page: charged, but never told. */
  public static Fault gatewayTimeout() {
    Fault page = htmlPage(504);
    return new Fault(
        "gatewayTimeout",
        Phase.AFTER_PROCESSING,
        Kind.ANSWER,
        504,
        page.contentType,
        page.body,
        Map.of(),
        Duration.ZERO);
  }

  /** The generation ends with {@code status: failed} and these words, and is not charged. */
  public static Fault failedGeneration(String error) {
    return new Fault(
        "failedGeneration",
        Phase.IN_PROCESSING,
        Kind.FAILED_GENERATION,
        200,
        null,
        Objects.requireNonNull(error, "error"),
        Map.of(),
        Duration.ZERO);
  }

  /** The generation becomes a job that takes so long, in the simulator's time. */
  public static Fault slowJob(Duration time) {
    return wire("slowJob", Phase.IN_PROCESSING, Kind.SLOW_JOB, time);
  }

  /** The generation stays pending for ever. */
  public static Fault neverEndingJob() {
    return wire("neverEndingJob", Phase.IN_PROCESSING, Kind.SLOW_JOB, Duration.ofDays(36_500));
  }

  /** Returns a copy with a header in its answer. */
  public Fault withHeader(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Fault(name, phase, kind, status, contentType, body, Map.copyOf(more), time);
  }

  /** Returns when it comes. */
  public Phase phase() {
    return phase;
  }

  /** Returns what happens. */
  public Kind kind() {
    return kind;
  }

  /** Returns the status of its answer. */
  public int status() {
    return status;
  }

  /** Returns the media type of its answer. */
  public String contentType() {
    return contentType;
  }

  /** Returns the body of its answer, or the words of a failed generation. */
  public String body() {
    return body;
  }

  /** Returns the further headers of its answer. */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the delay, the pause between two bytes, or the length of the job. */
  public Duration time() {
    return time;
  }

  /** Returns whether the caller cannot learn from its answer what was done. */
  public boolean hidesTheOutcome() {
    return phase == Phase.AFTER_PROCESSING && kind != Kind.DELAY && kind != Kind.DRIP;
  }

  @Override
  public String toString() {
    return status == 0 ? name : name + "(" + status + ")";
  }
}
