package ru.elumenta.error;

import java.util.List;
import java.util.stream.Collectors;

/** The request body fails the service's validation: HTTP 422, {@code validation_error}. */
public final class ValidationException extends ElumentaException {
  private static final long serialVersionUID = 1L;

  private final List<FieldError> fields;

  /** Creates the exception from what the response said. */
  public ValidationException(ErrorContext context) {
    super(context, null);
    fields = FieldErrors.read(context.details());
  }

  /** Returns the refused fields in the order of the response; empty if it named none. */
  public List<FieldError> fields() {
    return fields;
  }

  @Override
  protected String advice() {
    if (fields.isEmpty()) {
      return "Correct the request; sending it again unchanged fails again.";
    }
    return "Correct "
        + fields.stream()
            .limit(10)
            .map(field -> printable(field.toString()))
            .collect(Collectors.joining("; "));
  }
}
