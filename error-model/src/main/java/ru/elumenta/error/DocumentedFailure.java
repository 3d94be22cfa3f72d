package ru.elumenta.error;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import ru.elumenta.error.model.ErrorCode;

/**
 * The failures that the documentation lists, each with its status and exception. All of them mean
 * that the request was not executed and not charged.
 */
enum DocumentedFailure {
  BAD_REQUEST(400, BadRequestException::new),
  NOT_AUTHENTICATED(401, NotAuthenticatedException::new),
  TOKEN_EXPIRED(401, TokenExpiredException::new),
  INSUFFICIENT_TOKENS(402, InsufficientTokensException::new),
  INSUFFICIENT_PLAN(403, InsufficientPlanException::new),
  NOT_FOUND(404, NotFoundException::new),
  CONFLICT(409, ConflictException::new),
  VALIDATION_ERROR(422, ValidationException::new),
  RATE_LIMIT_EXCEEDED(429, RateLimitException::new),
  PROVIDER_ERROR(500, ProviderException::new),
  MODEL_UNAVAILABLE(503, ModelUnavailableException::new);

  private final int status;
  private final Function<ErrorContext, ElumentaException> exception;

  DocumentedFailure(int status, Function<ErrorContext, ElumentaException> exception) {
    this.status = status;
    this.exception = exception;
  }

  ElumentaException exception(ErrorContext context) {
    return exception.apply(context);
  }

  /**
   * Recognises a failure. A client error is what its status says, if it is the service that says
   * it, and the code only tells apart what shares a status; a 429 asks to wait, whoever sent it. A
   * server error is documented only by its code: a bare 500 or 503 may come from a gateway in front
   * of work that goes on.
   */
  static Optional<DocumentedFailure> recognise(int status, Speaker speaker, ErrorBody body) {
    if (speaker == Speaker.SOMEBODY_ELSE && status != RATE_LIMIT_EXCEEDED.status) {
      return Optional.empty();
    }
    Optional<DocumentedFailure> byCode = body.code().flatMap(DocumentedFailure::of);
    if (status >= 400 && status < 500) {
      return byCode.filter(failure -> failure.status == status).or(() -> firstOf(status));
    }
    if (status >= 500) {
      return byCode.filter(failure -> failure.status >= 500).or(() -> overloaded(status, body));
    }
    return Optional.empty();
  }

  /** The documentation also shows a 503 whose body looks like a failed generation. */
  private static Optional<DocumentedFailure> overloaded(int status, ErrorBody body) {
    return status == 503
            && body.isFailedGeneration()
            && FailureReason.of(body.message()) == FailureReason.MODEL_OVERLOADED
        ? Optional.of(MODEL_UNAVAILABLE)
        : Optional.empty();
  }

  private static Optional<DocumentedFailure> firstOf(int status) {
    return Arrays.stream(values()).filter(failure -> failure.status == status).findFirst();
  }

  /** Exhaustive without a default: a code added to the contract stops the compiler here. */
  private static Optional<DocumentedFailure> of(ErrorCode code) {
    return switch (code) {
      case BAD_REQUEST -> Optional.of(BAD_REQUEST);
      case NOT_AUTHENTICATED -> Optional.of(NOT_AUTHENTICATED);
      case TOKEN_EXPIRED -> Optional.of(TOKEN_EXPIRED);
      case INSUFFICIENT_TOKENS -> Optional.of(INSUFFICIENT_TOKENS);
      case INSUFFICIENT_PLAN -> Optional.of(INSUFFICIENT_PLAN);
      case NOT_FOUND -> Optional.of(NOT_FOUND);
      case VALIDATION_ERROR -> Optional.of(VALIDATION_ERROR);
      case RATE_LIMIT_EXCEEDED -> Optional.of(RATE_LIMIT_EXCEEDED);
      case PROVIDER_ERROR -> Optional.of(PROVIDER_ERROR);
      case MODEL_UNAVAILABLE -> Optional.of(MODEL_UNAVAILABLE);
      case UNKNOWN_DEFAULT_OPEN_API -> Optional.empty();
    };
  }
}
