package ru.elumenta.error;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import ru.elumenta.error.model.ErrorCode;

/**
 * Everything known about one failed call. Immutable.
 *
 * <p>No part of it holds the request's headers or body, so neither a key nor a prompt can leak from
 * here unless the server itself sent it back.
 */
public final class ErrorContext implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * How much of a body is kept: enough to see what it is, and not so much that it is in the way.
   */
  static final int MOST_TEXT_KEPT = 1 << 16;

  private static final List<String> REQUEST_ID_HEADERS =
      List.of("X-Request-Id", "Request-Id", "X-Correlation-Id", "X-Trace-Id", "CF-Ray");

  private final Builder values;

  private ErrorContext(Builder values) {
    this.values = values;
  }

  /**
   * Starts a context.
   *
   * @param method the HTTP method
   * @param path the path with its placeholders, for example {@code /generate/{generationId}}
   */
  public static Builder builder(String method, String path) {
    return new Builder(method, path);
  }

  /** Returns the HTTP method. */
  public String method() {
    return values.method;
  }

  /** Returns the path with its placeholders, without the host and without the query. */
  public String path() {
    return values.path;
  }

  /** Returns the HTTP status, empty if no response came. */
  public OptionalInt status() {
    return values.status == 0 ? OptionalInt.empty() : OptionalInt.of(values.status);
  }

  /** Returns the documented error code, empty if the body named none or an unknown one. */
  public Optional<ErrorCode> code() {
    return Optional.ofNullable(values.rawCode)
        .map(ErrorCode::fromValue)
        .filter(code -> code != ErrorCode.UNKNOWN_DEFAULT_OPEN_API);
  }

  /** Returns the error code as the body spelled it, known or not. */
  public Optional<String> rawCode() {
    return Optional.ofNullable(values.rawCode);
  }

  /** Returns the service's own description of the failure. */
  public Optional<String> serverMessage() {
    return Optional.ofNullable(values.serverMessage);
  }

  /**
   * Returns the members of the error body beyond code and message. The documentation puts them into
   * {@code details} for some errors and at the top level for others; both are merged here, those of
   * {@code details} first.
   */
  public Map<String, @Nullable Object> details() {
    return values.details;
  }

  /** Returns the text of the response body, at most its first 64 KiB. */
  public Optional<String> rawBody() {
    return Optional.ofNullable(values.rawBody);
  }

  /** Returns the response headers but cookies; the map's look-up ignores case. */
  public Map<String, List<String>> headers() {
    return values.headers.asMap();
  }

  /** Returns the first value of a response header, its name in any case. */
  public Optional<String> header(String name) {
    return values.headers.first(name);
  }

  /** Returns the identifier of the request, if a response header holds one; none is documented. */
  public Optional<String> requestId() {
    return REQUEST_ID_HEADERS.stream().map(this::header).flatMap(Optional::stream).findFirst();
  }

  /** Returns how many times the request was sent, or tried to be sent. */
  public int attempts() {
    return values.attempts;
  }

  /**
   * Returns the time from the start of the call to its end, waits included; zero if not measured.
   */
  public Duration elapsed() {
    return values.elapsed;
  }

  /** Returns when the failure was seen, by the local clock. */
  public Instant occurredAt() {
    return values.occurredAt;
  }

  /** Returns the rate-limit windows, if the response stated any. */
  public Optional<RateLimits> rateLimits() {
    return RateLimits.from(values.headers.asMap());
  }

  /** Returns how long the server asked to wait, counted from {@link #occurredAt()}. */
  public Optional<Duration> retryAfter() {
    return ServerNamedWait.read(values.status, values.headers, values.details, values.occurredAt);
  }

  /** Returns whether the request was executed, and so may have cost tokens. */
  public Execution execution() {
    return values.execution;
  }

  /** Returns the generation that the call was about, if it was about one that already exists. */
  public Optional<String> generationId() {
    return Optional.ofNullable(values.generationId);
  }

  /** Returns a remark of the runtime, such as why the call was not tried again, in a sentence. */
  public Optional<String> remark() {
    return Optional.ofNullable(values.remark);
  }

  /** Returns a builder that starts with the values of this context. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Two contexts are equal if all that they say is. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ErrorContext context && values.all().equals(context.values.all());
  }

  @Override
  public int hashCode() {
    return values.all().hashCode();
  }

  @Override
  public String toString() {
    return "ErrorContext[%s %s, status=%s, code=%s, execution=%s, attempts=%d, elapsed=%s]"
        .formatted(
            method(),
            path(),
            values.status == 0 ? "none" : values.status,
            rawCode().map(ElumentaException::printable).orElse(null),
            execution(),
            attempts(),
            elapsed());
  }

  /** Builds an {@link ErrorContext}. Not thread-safe. */
  public static final class Builder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String method;
    private final String path;
    private int status;
    private @Nullable String rawCode;
    private @Nullable String serverMessage;
    private Map<String, @Nullable Object> details = Map.of();
    private @Nullable String rawBody;
    private Headers headers = Headers.copyOf(Map.of());
    private int attempts = 1;
    private Duration elapsed = Duration.ZERO;
    private Instant occurredAt = Instant.EPOCH;
    private Execution execution = Execution.UNKNOWN;
    private @Nullable String generationId;
    private @Nullable String remark;

    private Builder(String method, String path) {
      this.method = Objects.requireNonNull(method, "method");
      this.path = Objects.requireNonNull(path, "path");
    }

    private Builder(Builder other) {
      method = other.method;
      path = other.path;
      status = other.status;
      rawCode = other.rawCode;
      serverMessage = other.serverMessage;
      details = other.details;
      rawBody = other.rawBody;
      headers = other.headers;
      attempts = other.attempts;
      elapsed = other.elapsed;
      occurredAt = other.occurredAt;
      execution = other.execution;
      generationId = other.generationId;
      remark = other.remark;
    }

    private List<@Nullable Object> all() {
      return Arrays.asList(
          method,
          path,
          status,
          rawCode,
          serverMessage,
          details,
          rawBody,
          headers.asMap(),
          attempts,
          elapsed,
          occurredAt,
          execution,
          generationId,
          remark);
    }

    /** Sets the HTTP status of the response. */
    public Builder status(int status) {
      this.status = status;
      return this;
    }

    /** Sets the error code as the body spelled it. */
    public Builder rawCode(@Nullable String rawCode) {
      this.rawCode = rawCode;
      return this;
    }

    /** Sets the service's description of the failure. */
    public Builder serverMessage(@Nullable String serverMessage) {
      this.serverMessage = serverMessage;
      return this;
    }

    /**
     * Sets the further members of the error body. Maps, lists and arrays are copied; of values that
     * cannot travel to another process the text is kept.
     */
    public Builder details(Map<String, @Nullable Object> details) {
      this.details = SerializableCopy.of(details);
      return this;
    }

    /** Sets the text of the response body, of which the first 64 Ki characters are kept. */
    public Builder rawBody(@Nullable String rawBody) {
      this.rawBody =
          rawBody == null || rawBody.isEmpty()
              ? null
              : rawBody.substring(0, Math.min(rawBody.length(), MOST_TEXT_KEPT));
      return this;
    }

    /** Sets the response headers. */
    public Builder headers(Map<String, ? extends Collection<String>> headers) {
      return headers(Headers.copyOf(headers));
    }

    Builder headers(Headers headers) {
      this.headers = headers;
      return this;
    }

    /** Sets how many times the request was sent or tried; default 1. */
    public Builder attempts(int attempts) {
      this.attempts = attempts;
      return this;
    }

    /** Sets the time the call took; default zero, which means not measured. */
    public Builder elapsed(Duration elapsed) {
      this.elapsed = Objects.requireNonNull(elapsed, "elapsed");
      return this;
    }

    /** Sets when the failure was seen. */
    public Builder occurredAt(Instant occurredAt) {
      this.occurredAt = Objects.requireNonNull(occurredAt, "occurredAt");
      return this;
    }

    /** Sets whether the request was executed; default {@link Execution#UNKNOWN}. */
    public Builder execution(Execution execution) {
      this.execution = Objects.requireNonNull(execution, "execution");
      return this;
    }

    /** Sets the existing generation that the call was about. */
    public Builder generationId(@Nullable String generationId) {
      this.generationId = generationId;
      return this;
    }

    /** Sets a remark of the runtime, a whole sentence. */
    public Builder remark(@Nullable String remark) {
      this.remark = remark;
      return this;
    }

    /** Builds the context. */
    public ErrorContext build() {
      return new ErrorContext(new Builder(this));
    }
  }
}
