package ru.elumenta.client.internal.call;

import feign.FeignException;
import feign.codec.EncodeException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import ru.elumenta.client.error.SpeechFileException;
import ru.elumenta.client.internal.codec.UnreadableBodyException;
import ru.elumenta.client.internal.transport.AttemptOptions;
import ru.elumenta.client.internal.transport.ExchangeException;
import ru.elumenta.client.internal.transport.PartialResponse;
import ru.elumenta.client.internal.transport.UnusableSource;
import ru.elumenta.client.model.Generation;
import ru.elumenta.client.options.TimeSource;
import ru.elumenta.error.CallInterruptedException;
import ru.elumenta.error.CallTimeoutException;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.ErrorContext;
import ru.elumenta.error.Execution;
import ru.elumenta.error.ResponseFormatException;
import ru.elumenta.error.TransportException;

/**
 * Turns what one attempt threw into an exception of ours.
 *
 * <p>No {@link FeignException} survives, not even as a cause: it holds the request with its
 * Authorization header and its body, and after a failed decode its "response headers" are those of
 * the request.
 */
final class FailureTranslation {
  private final TimeSource time;

  FailureTranslation(TimeSource time) {
    this.time = time;
  }

  /**
   * Translates; what is no failure of the call, such as an exception from the application's own
   * credentials, is thrown on as it is.
   *
   * @param limit what to name if the time has run out
   */
  ElumentaException translate(Throwable thrown, Operation operation, Duration limit) {
    if (thrown instanceof NoTokenException e) {
      return exchange(e.end(), operation, limit);
    }
    if (thrown instanceof ElumentaException ours) {
      return ours;
    }
    if (thrown instanceof EncodeException e) {
      throw new IllegalArgumentException(e.getMessage());
    }
    if (!(thrown instanceof FeignException)) {
      throw unchecked(thrown);
    }
    Throwable cause = thrown.getCause();
    if (cause instanceof ElumentaException ours) {
      return ours;
    }
    if (cause instanceof UnreadableBodyException e) {
      return unreadable(e, operation);
    }
    if (cause instanceof ExchangeException e) {
      return exchange(e, operation, limit);
    }
    return foreign(cause, operation, limit);
  }

  /** The service answered, but did not say what it made. */
  ElumentaException nameless(Generation made, AttemptOptions exchange, Operation operation) {
    ErrorContext.Builder context = operation.failed(Execution.UNKNOWN).occurredAt(time.now());
    exchange
        .answer()
        .ifPresent(answer -> context.status(answer.status()).headers(answer.headers()));
    made.receivedBody().map(exchange.redaction()).ifPresent(context::rawBody);
    return new ResponseFormatException(context.build(), "names no generation");
  }

  private static RuntimeException unchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException("A generated method threw a checked exception.", thrown);
  }

  private ElumentaException unreadable(UnreadableBodyException e, Operation operation) {
    ErrorContext context =
        operation
            .failed(Execution.UNKNOWN)
            .occurredAt(time.now())
            .status(e.status())
            .headers(e.headers())
            .rawBody(e.text())
            .build();
    return new ResponseFormatException(context, e.getMessage());
  }

  private ElumentaException exchange(ExchangeException e, Operation operation, Duration limit) {
    ErrorContext.Builder context =
        operation
            .failed(e.requestLeft() ? Execution.UNKNOWN : Execution.NOT_EXECUTED)
            .occurredAt(time.now());
    e.received().ifPresent(partial -> add(partial, context));
    return switch (e.kind()) {
      case TIMEOUT -> new CallTimeoutException(context.build(), limit, e.getCause());
      case INTERRUPTED -> new CallInterruptedException(context.build(), e.getMessage(), null);
      case BROKEN -> new TransportException(context.build(), e.getMessage(), e.getCause());
      case BARRED -> TransportException.lasting(context.build(), e.getMessage(), e.getCause());
      case SOURCE -> unreadable(context.build(), e);
      case TOO_LARGE -> new ResponseFormatException(context.build(), e.getMessage());
    };
  }

  private static ElumentaException unreadable(ErrorContext context, ExchangeException e) {
    return e.getCause() instanceof UnusableSource unusable
        ? new SpeechFileException(context, unusable.reason(), unusable.getMessage(), unusable)
        : new SpeechFileException(
            context, SpeechFileException.Reason.UNREADABLE, e.getMessage(), e.getCause());
  }

  private static void add(PartialResponse partial, ErrorContext.Builder context) {
    context
        .status(partial.status())
        .headers(partial.headers())
        .rawBody(new String(partial.body(), StandardCharsets.UTF_8));
  }

  /**
   * Failures of a transport that the application brought along. Such a transport may have sent the
   * request before, and lost it, so even a refused connection proves nothing for a paid request.
   */
  private ElumentaException foreign(Throwable cause, Operation operation, Duration limit) {
    boolean neverConnected =
        cause instanceof ConnectException
            || cause instanceof UnknownHostException
            || cause instanceof NoRouteToHostException;
    ErrorContext context =
        operation
            .failed(
                neverConnected && operation.isIdempotent()
                    ? Execution.NOT_EXECUTED
                    : Execution.UNKNOWN)
            .occurredAt(time.now())
            .build();
    if (Thread.currentThread().isInterrupted()) {
      return new CallInterruptedException(context, "while a request was under way", null);
    }
    if (isTimeout(cause)) {
      return new CallTimeoutException(context, limit, null);
    }
    // Neither its message nor its causes are kept: they may show the request.
    String problem = cause == null ? "the transport failed" : cause.getClass().getName();
    return new TransportException(context, problem, null);
  }

  /** That of the JDK's client is known by its name: its module need not be there. */
  private static boolean isTimeout(Throwable cause) {
    for (Class<?> type = cause == null ? null : cause.getClass();
        type != null;
        type = type.getSuperclass()) {
      if (type == SocketTimeoutException.class
          || type.getName().equals("java.net.http.HttpTimeoutException")) {
        return true;
      }
    }
    return false;
  }
}
