package ru.elumenta.error;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that can go wrong with a call.
 *
 * <p>Unchecked. The message is written for the person on call: what happened, whether it cost
 * anything, what to do next. Neither message nor {@code toString()} nor cause shows the API key or
 * the request's body.
 */
public abstract class ElumentaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final int LONGEST_SERVER_MESSAGE = 500;

  private volatile ErrorContext context;
  private volatile @Nullable String message;

  /**
   * Creates the exception.
   *
   * @param context what is known of the failure
   * @param cause the failure below, or null
   */
  protected ElumentaException(ErrorContext context, @Nullable Throwable cause) {
    super(cause);
    this.context = Objects.requireNonNull(context, "context");
  }

  /** Returns everything known about the failed call. */
  public final ErrorContext context() {
    return context;
  }

  /** Returns whether the request was executed, and so may have cost tokens. */
  public final Execution execution() {
    return context.execution();
  }

  /** Returns how long the server asked to wait before the next call, if it asked. */
  public final Optional<Duration> retryAfter() {
    return context.retryAfter();
  }

  /**
   * Returns whether the same call may succeed later without being changed. Whether it may be sent
   * again without paying twice is another question: {@link #execution()}.
   */
  public boolean isTransient() {
    return false;
  }

  /**
   * Completes the context once the call has ended. For the runtime that made the call, which alone
   * knows how often it tried; applications have no reason to call it.
   *
   * @param change from the context so far to the one to keep
   */
  public final void completeContext(UnaryOperator<ErrorContext.Builder> change) {
    context = change.apply(context.toBuilder()).build();
    message = null;
  }

  @Override
  public final String getMessage() {
    String known = message;
    if (known == null) {
      known = Sentences.of(happened(), cost(), advice(), facts());
      message = known;
    }
    return known;
  }

  /** Says what to do next, in one or two sentences. */
  protected abstract String advice();

  /** Says what happened, in one sentence; by default what the server answered. */
  protected String happened() {
    StringBuilder text = new StringBuilder(call()).append(" was answered with ");
    text.append(context.status().isPresent() ? context.status().getAsInt() : "nothing");
    context.rawCode().ifPresent(code -> text.append(' ').append(printable(code)));
    context.serverMessage().ifPresent(said -> text.append(": ").append(printable(said)));
    return text.toString();
  }

  /** Says what another failure says, for the one that is about to take its place. */
  protected static String whatHappened(ElumentaException failure) {
    return failure.happened();
  }

  /** Says whether it cost anything. */
  protected String cost() {
    return switch (context.execution()) {
      case NOT_EXECUTED -> "Nothing was executed and nothing was charged.";
      case EXECUTED -> "The service executed the request.";
      case UNKNOWN -> {
        if (FreeOfCharge.isRead(context)) {
          yield context.method().equals("POST")
              ? "Asking for a price costs nothing."
              : "A read costs nothing.";
        }
        yield FreeOfCharge.is(context)
            ? "Whether it was executed is unknown; it costs no tokens."
            : "Whether it was executed and charged is unknown.";
      }
    };
  }

  /** Returns method and path, the way messages name a call. */
  protected final String call() {
    return context.method() + " " + context.path();
  }

  private String facts() {
    StringBuilder facts = new StringBuilder();
    context.remark().ifPresent(remark -> facts.append(remark).append(' '));
    facts.append('[').append(context.attempts());
    facts.append(context.attempts() == 1 ? " attempt" : " attempts");
    if (!context.elapsed().isZero()) {
      facts.append(" in ").append(Sentences.seconds(context.elapsed()));
    }
    context.generationId().ifPresent(id -> facts.append(", generation ").append(printable(id)));
    context.requestId().ifPresent(id -> facts.append(", request ").append(printable(id)));
    return facts.append(']').toString();
  }

  /** Makes text of a server fit for one log line: no control characters, not too long. */
  protected static String printable(String text) {
    String line = text.replaceAll("[\\p{Cc}\\s\\u2028\\u2029]+", " ").strip();
    return line.length() <= LONGEST_SERVER_MESSAGE
        ? line
        : line.substring(0, LONGEST_SERVER_MESSAGE) + "…";
  }
}
