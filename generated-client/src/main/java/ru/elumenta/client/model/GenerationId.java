package ru.elumenta.client.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/**
 * The id of a generation, exactly as the service wrote it.
 *
 * <p>The documentation shows integers ({@code 18473}) on some pages and strings ({@code
 * gen_abc123}) on others; both are kept as they came, in JSON and in paths. Two ids are equal if
 * their texts are. Immutable.
 */
public final class GenerationId implements Serializable {
  private static final long serialVersionUID = 1L;

  /** More than any id has: {@code 1e999999999} would take all memory. */
  private static final int MOST_DIGITS = 100;

  private final Serializable wire;

  private GenerationId(Serializable wire) {
    this.wire = wire;
  }

  /**
   * Creates an id from its text, for example one kept from before a restart.
   *
   * @throws IllegalArgumentException if the text is null or blank
   */
  public static GenerationId of(String text) {
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("A generation id must not be blank.");
    }
    return new GenerationId(text);
  }

  /** Creates an id from its number. */
  public static GenerationId of(long number) {
    return new GenerationId(number);
  }

  /**
   * What is neither an integer nor text is no id; it does not make the rest unreadable. {@code
   * 18473.0} is an integer.
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static GenerationId fromWire(Object wire) {
    boolean isText = wire instanceof String text && !text.isBlank();
    boolean isInteger =
        wire instanceof Integer || wire instanceof Long || wire instanceof BigInteger;
    if (isText || isInteger) {
      return new GenerationId((Serializable) wire);
    }
    boolean isFraction = wire instanceof Double || wire instanceof BigDecimal;
    return isFraction ? ofIntegral(new BigDecimal(wire.toString())) : null;
  }

  private static GenerationId ofIntegral(BigDecimal number) {
    boolean isIntegral =
        Math.abs((long) number.scale()) <= MOST_DIGITS && number.stripTrailingZeros().scale() <= 0;
    if (!isIntegral) {
      return null;
    }
    BigInteger integer = number.toBigInteger();
    return integer.bitLength() < Long.SIZE
        ? new GenerationId(integer.longValue())
        : new GenerationId(integer);
  }

  @JsonValue
  Object toWire() {
    return wire;
  }

  /** Returns the id as it stands in a path. */
  @Override
  public String toString() {
    return wire.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GenerationId id && toString().equals(id.toString());
  }

  @Override
  public int hashCode() {
    return Objects.hash(toString());
  }
}
