package ru.elumenta.micrometer;

import java.util.Locale;
import java.util.Optional;
import ru.elumenta.client.error.GenerationFailedException;
import ru.elumenta.client.error.OutcomeUnknownException;
import ru.elumenta.client.event.CallEnd;
import ru.elumenta.error.ElumentaException;
import ru.elumenta.error.FailureReason;
import ru.elumenta.error.model.ErrorCode;

/** Names failures, in few words: what others wrote is never one of them. */
final class ErrorType {
  private ErrorType() {}

  /** Returns the code of the service if it is a documented one, else what was thrown. */
  static String of(Optional<Throwable> failure) {
    return failure.map(ErrorType::of).orElse(ModelNames.NONE);
  }

  /** The same of a call, which may be answered well with a generation that failed. */
  static String of(CallEnd end) {
    return end.outcome() == CallEnd.Outcome.GENERATION_FAILED
        ? word(end.outcome())
        : of(end.failure());
  }

  private static String of(Throwable failure) {
    if (failure instanceof GenerationFailedException failed) {
      return of(failed.reason());
    }
    if (failure instanceof ElumentaException known
        && !(failure instanceof OutcomeUnknownException)) {
      Optional<ErrorCode> code =
          known
              .context()
              .code()
              .filter(documented -> documented != ErrorCode.UNKNOWN_DEFAULT_OPEN_API);
      if (code.isPresent()) {
        return code.get().getValue();
      }
    }
    String name = failure.getClass().getSimpleName(); // is empty if it is anonymous
    return name.isEmpty() ? failure.getClass().getName() : name;
  }

  static String of(FailureReason reason) {
    return word(reason);
  }

  /** Returns the name of a constant as metrics write it. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
