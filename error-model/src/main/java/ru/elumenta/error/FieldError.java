package ru.elumenta.error;

import java.io.Serializable;

/**
 * One request field that the service did not accept.
 *
 * @param field the name of the field as the service spells it, {@code ""} if it named none
 * @param message what is wrong with it, {@code ""} if the service did not say
 */
public record FieldError(String field, String message) implements Serializable {
  @Override
  public String toString() {
    return field.isEmpty() ? message : field + ": " + message;
  }
}
