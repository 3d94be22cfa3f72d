package ru.elumenta.contract.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What may go wrong with one request to the simulator, as in {@code
 * simulator.next().to("createGeneration").fail(Fault.resetAfterProcessing())}. Immutable.
 *
 * <p>Faults answer without doing anything (nothing is charged), or do the work and then lose or
 * spoil the answer (it is charged), or are in the result of a generation, or in how the work is
 * told: see {@link RowFaults}, {@link AnswerFaults} and {@link StreamFaults}.
 */
public final class Fault {
  /** When in the life of a request the fault comes. */
  public enum Phase {
    /** Before anything is done: the account is as it was. */
    BEFORE_PROCESSING,
    /** After the work is done, and charged. */
    AFTER_PROCESSING,
    /** In the work itself. */
    IN_PROCESSING,
    /** In what is told of the work, which is done, and charged, as ever. */
    IN_ANSWER
  }

  private final String name;
  private final Phase phase;
  private final FaultKind kind;
  private final FaultReply reply;
  private final Duration time;
  private final Map<String, String> arguments;
  private final List<Fault> further;

  private Fault(
      String name,
      Phase phase,
      FaultKind kind,
      FaultReply reply,
      Duration time,
      Map<String, String> arguments,
      List<Fault> further) {
    this.name = name;
    this.phase = phase;
    this.kind = kind;
    this.reply = reply;
    this.time = time;
    this.arguments = arguments;
    this.further = further;
  }

  private static Fault wire(String name, Phase phase, FaultKind kind, Duration time) {
    return new Fault(name, phase, kind, FaultReply.NONE, time, Map.of(), List.of());
  }

  private static Fault envelope(
      String name, int status, String code, String message, String further) {
    String body = "{\"error\":\"%s\",\"message\":\"%s\"%s}".formatted(code, message, further);
    return answer(name, Phase.BEFORE_PROCESSING, status, "application/json", body);
  }

  /** Another answer than the service's. */
  static Fault answer(String name, Phase phase, int status, String contentType, String body) {
    FaultReply reply = new FaultReply(status, contentType, body, Map.of());
    return new Fault(name, phase, FaultKind.ANSWER, reply, Duration.ZERO, Map.of(), List.of());
  }

  private static Fault page(String name, Phase phase, int status) {
    return answer(
        name, phase, status, "text/html", "<html><body><h1>" + status + "</h1></body></html>");
  }

  /** The work is done as ever, and told differently. */
  static Fault told(String name, FaultKind kind, Map<String, String> arguments) {
    Map<String, String> sorted = Collections.unmodifiableMap(new TreeMap<>(arguments));
    return new Fault(
        name, Phase.IN_ANSWER, kind, FaultReply.NONE, Duration.ZERO, sorted, List.of());
  }

  /** 503 {@code model_unavailable}; nothing is charged. */
  public static Fault modelUnavailable() {
    return envelope(
        "modelUnavailable",
        503,
        "model_unavailable",
        "Model is temporarily down or overloaded",
        ",\"details\":{}");
  }

  /** 500 {@code provider_error}; nothing is charged. */
  public static Fault providerError() {
    return envelope(
        "providerError",
        500,
        "provider_error",
        "Provider returned an error. No tokens were charged.",
        ",\"provider\":\"openai\"");
  }

  /** 429 that asks to come back later; nothing is charged. */
  public static Fault rateLimited(Duration retryAfter) {
    long seconds = retryAfter.toSeconds();
    return envelope(
            "rateLimited",
            429,
            "rate_limit_exceeded",
            "Hourly limit reached: 100 requests/hour",
            ",\"retry_after\":%d,\"limit_hour\":100,\"limit_day\":1000".formatted(seconds))
        .withHeader("Retry-After", Long.toString(seconds));
  }

  /** 401 {@code token_expired}, whatever the token; nothing is charged. */
  public static Fault tokenExpired() {
    return envelope(
        "tokenExpired", 401, "token_expired", "Access token has expired", ",\"details\":{}");
  }

  /** Any status with any code in the documented envelope; nothing is charged. */
  public static Fault error(int status, String code) {
    return envelope("error", status, code, "Simulated failure", ",\"details\":{}");
  }

  /** A status whose JSON is not the documented envelope; nothing is charged. */
  public static Fault wrongEnvelope(int status) {
    return answer(
        "wrongEnvelope",
        Phase.BEFORE_PROCESSING,
        status,
        "application/json",
        "{\"detail\":\"Something went wrong\"}");
  }

  /** A status with the page of a proxy; nothing is charged. */
  public static Fault htmlPage(int status) {
    return page("htmlPage", Phase.BEFORE_PROCESSING, status);
  }

  /** The connection is reset before the request is looked at; nothing is charged. */
  public static Fault resetBeforeProcessing() {
    return wire("resetBeforeProcessing", Phase.BEFORE_PROCESSING, FaultKind.RESET, Duration.ZERO);
  }

  /** The connection is reset when the work is done: charged, but never told. */
  public static Fault resetAfterProcessing() {
    return wire("resetAfterProcessing", Phase.AFTER_PROCESSING, FaultKind.RESET, Duration.ZERO);
  }

  /** The work is done; headers and half of the body come, then nothing more. */
  public static Fault stall() {
    return wire("stall", Phase.AFTER_PROCESSING, FaultKind.STALL, Duration.ZERO);
  }

  /** The work is done; the connection is closed within the body. */
  public static Fault truncatedBody() {
    return wire("truncatedBody", Phase.AFTER_PROCESSING, FaultKind.CUT, Duration.ZERO);
  }

  /** The work is done; what comes is an HTTP answer with half of its JSON. */
  public static Fault brokenJson() {
    return wire("brokenJson", Phase.AFTER_PROCESSING, FaultKind.BROKEN_JSON, Duration.ZERO);
  }

  /** The work is done; the answer comes so much later, in real time. */
  public static Fault delay(Duration time) {
    return wire("delay", Phase.AFTER_PROCESSING, FaultKind.DELAY, time);
  }

  /** The work is done; the body comes byte by byte with a pause after each, in real time. */
  public static Fault drip(Duration pause) {
    return wire("drip", Phase.AFTER_PROCESSING, FaultKind.DRIP, pause);
  }

  /** The work is done, and the answer is a gateway's 504 page: charged, but never told. */
  public static Fault gatewayTimeout() {
    return page("gatewayTimeout", Phase.AFTER_PROCESSING, 504);
  }

  /** The generation ends with {@code status: failed} and these words, and is not charged. */
  public static Fault failedGeneration(String error) {
    FaultReply words = new FaultReply(200, null, Objects.requireNonNull(error, "error"), Map.of());
    return new Fault(
        "failedGeneration",
        Phase.IN_PROCESSING,
        FaultKind.FAILED_GENERATION,
        words,
        Duration.ZERO,
        Map.of(),
        List.of());
  }

  /** The generation becomes a job that takes so long, in the simulator's time. */
  public static Fault slowJob(Duration time) {
    return wire("slowJob", Phase.IN_PROCESSING, FaultKind.SLOW_JOB, time);
  }

  /** The generation stays pending for ever. */
  public static Fault neverEndingJob() {
    return wire("neverEndingJob", Phase.IN_PROCESSING, FaultKind.SLOW_JOB, Duration.ofDays(36_500));
  }

  /** Returns a copy with a header in its answer. */
  public Fault withHeader(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(reply.headers());
    more.put(header, value);
    FaultReply other =
        new FaultReply(reply.status(), reply.contentType(), reply.body(), Map.copyOf(more));
    return new Fault(name, phase, kind, other, time, arguments, further);
  }

  /**
   * Returns a fault that is this and another at once, as in {@code
   * Fault.resetAfterProcessing().and(Fault.slowJob(time))}.
   */
  public Fault and(Fault other) {
    List<Fault> more = new ArrayList<>(further);
    more.addAll(other.parts());
    return new Fault(name, phase, kind, reply, time, arguments, List.copyOf(more));
  }

  /** Returns the faults that it is made of, in their order: one, unless {@link #and} was used. */
  public List<Fault> parts() {
    List<Fault> parts = new ArrayList<>();
    parts.add(new Fault(name, phase, kind, reply, time, arguments, List.of()));
    parts.addAll(further);
    return parts;
  }

  /** Returns its name, which is the name of the method that made it. */
  public String name() {
    return name;
  }

  /** Returns what makes it differ from others of its name, for {@link Phase#IN_ANSWER}. */
  public Map<String, String> arguments() {
    return arguments;
  }

  /** Returns when it comes. */
  public Phase phase() {
    return phase;
  }

  /** Returns what happens. */
  public FaultKind kind() {
    return kind;
  }

  /** Returns the status of its answer. */
  public int status() {
    return reply.status();
  }

  /** Returns the media type of its answer. */
  public @Nullable String contentType() {
    return reply.contentType();
  }

  /** Returns the body of its answer, or the words of a failed generation. */
  public @Nullable String body() {
    return reply.body();
  }

  /** Returns the further headers of its answer. */
  public Map<String, String> headers() {
    return reply.headers();
  }

  /** Returns the delay, the pause between two bytes, or the length of the job. */
  public Duration time() {
    return time;
  }

  /** Returns whether the caller cannot learn from its answer what was done. */
  public boolean hidesTheOutcome() {
    return parts().stream()
        .anyMatch(
            part ->
                part.phase == Phase.AFTER_PROCESSING
                        && part.kind != FaultKind.DELAY
                        && part.kind != FaultKind.DRIP
                    || AnswerFaults.takesTheIdAway(part)
                    || part.name.equals("withoutEvents"));
  }

  /** Shows its name and what was given with it. */
  @Override
  public String toString() {
    String own = name + (status() == 0 ? "" : "(" + status() + ")");
    own += arguments.isEmpty() ? "" : arguments;
    return own + further.stream().map(each -> " and " + each).collect(Collectors.joining());
  }
}
