package ru.elumenta.client.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says that the values of a list in the query are one value with something between them. Comes from
 * {@code explode: false} in the contract.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(Delimited.All.class)
public @interface Delimited {
  /** The parameter's name on the wire. */
  String name();

  /**
   * What stands between two values: {@code csv} a comma, {@code ssv} a space, {@code pipes} a bar.
   */
  String format();

  /** Those of one method. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.METHOD)
  @interface All {
    /** In the order of the contract. */
    Delimited[] value();
  }
}
