package ru.elumenta.client.internal.transport;

import feign.Request;
import feign.Response;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import ru.elumenta.client.event.AnswerFinding;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CredentialRedaction;

/**
 * The options of one attempt: a time limit that has begun to count, so that what comes before the
 * request, such as fetching a token, is part of it. They also take note of what was sent and what
 * was answered: Feign hands its callers the decoded body alone. Used by one thread.
 */
public final class AttemptOptions extends Request.Options {
  private final int number;
  private final TimeSource time;
  private final long end;
  private Map<String, Collection<String>> sent = Map.of();
  private UnaryOperator<String> redaction = UnaryOperator.identity();
  private BooleanSupplier refusal = () -> false;
  private Answer answer;
  private ReceivedBody received; // null if none came, or if it is read while it arrives
  private boolean isSent;
  private boolean wantsFindings;
  private Map<String, String> furtherHeaders = Map.of();
  private Upload upload; // null if Feign's request holds the body

  /**
   * Status and headers of a response, whatever its status.
   *
   * @param headers their names as the service spelled them
   */
  public record Answer(int status, Map<String, Collection<String>> headers) {}

  /**
   * Creates options whose limit counts from now.
   *
   * @param number 1 for the first attempt of the call
   * @param limit the time for the attempt, to the last byte of the response
   */
  public AttemptOptions(int number, Duration limit, TimeSource time) {
    super(limit.toMillis(), TimeUnit.MILLISECONDS, limit.toMillis(), TimeUnit.MILLISECONDS, false);
    this.number = number;
    this.time = time;
    this.end = time.nanoTime() + limit.toNanos();
  }

  /** Finds those of a call among its arguments, the last of which they are. */
  public static AttemptOptions among(Object[] arguments) {
    return (AttemptOptions) arguments[arguments.length - 1];
  }

  /** Gives the body that is read while it is sent, in place of that of Feign's request. */
  public void upload(Upload body) {
    upload = body;
  }

  Optional<Upload> upload() {
    return Optional.ofNullable(upload);
  }

  int number() {
    return number;
  }

  /** Returns the time that is left. */
  public Duration left() {
    return Duration.ofNanos(end - time.nanoTime());
  }

  /** Returns what is left in milliseconds; at least one, because Feign takes zero for no limit. */
  @Override
  public long readTimeout() {
    return Math.max(1, left().toMillis());
  }

  @Override
  public int readTimeoutMillis() {
    return (int) Math.min(Integer.MAX_VALUE, readTimeout());
  }

  @Override
  public long connectTimeout() {
    return readTimeout();
  }

  @Override
  public int connectTimeoutMillis() {
    return readTimeoutMillis();
  }

  /** Gives headers that the request is to have beside its own. */
  public void furtherHeaders(Map<String, String> headers) {
    furtherHeaders = headers;
  }

  /** Returns the headers that the request is to have beside its own. */
  public Map<String, String> furtherHeaders() {
    return furtherHeaders;
  }

  /** These are of one call already; Feign would look them up by method and thread. */
  @Override
  public Request.Options getMethodOptions(String methodName) {
    return this;
  }

  /** Takes note of whom to tell if the token of the request is refused. */
  public void authorized(BooleanSupplier refusal) {
    this.refusal = refusal;
  }

  /**
   * Tells the credentials that the service refused their token.
   *
   * @return whether they want the request to be repeated
   */
  public boolean refused() {
    return refusal.getAsBoolean();
  }

  void sending(Request request) {
    sent = request.headers();
    redaction = CredentialRedaction.of(request);
    isSent = true;
  }

  void answered(Response response) {
    answer = new Answer(response.status(), response.headers());
  }

  void received(Response.Body body) {
    received = body instanceof ReceivedBody whole ? whole : null;
    if (received != null) {
      received.redact(redaction);
    }
  }

  /** Has it take note of what is odd about the answer. */
  public void wantFindings() {
    wantsFindings = true;
  }

  boolean wantsFindings() {
    return wantsFindings;
  }

  /** Returns what was odd about the answer when it was read, if anybody wants to know. */
  public List<AnswerFinding> findings() {
    return received == null ? List.of() : received.findings();
  }

  /** Returns whether the transport was given the request. */
  public boolean isSent() {
    return isSent;
  }

  /** Returns the headers of the request, credentials included; empty if nothing was sent. */
  public Map<String, Collection<String>> sentHeaders() {
    return sent;
  }

  /** Returns what was answered; empty if no whole response came. */
  public Optional<Answer> answer() {
    return Optional.ofNullable(answer);
  }

  /** Returns what takes the credentials of the request out of a text. Thread-safe. */
  public UnaryOperator<String> redaction() {
    return redaction;
  }
}
