package ru.elumenta.client.internal.cost;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The most that a generation may cost, exactly as the service said.
 *
 * @param tokens empty if it said nothing that is a price
 */
record Quote(Optional<BigDecimal> tokens) {
  static final Quote NONE = new Quote(Optional.empty());

  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,18})?");
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** The price of what was asked for. */
  static Quote ofRequest(Map<String, Object> answer) {
    return new Quote(price(answer.get("token_cost")));
  }

  /** The highest price of the model; there is none if either is missing. */
  static Quote highest(Map<String, Object> answer) {
    Optional<BigDecimal> highest = price(answer.get("max_token_cost"));
    return new Quote(
        price(answer.get("token_cost")).flatMap(asked -> highest.map(most -> most.max(asked))));
  }

  private static Optional<BigDecimal> price(Object said) {
    return number(said).filter(price -> price.signum() >= 0);
  }

  private static Optional<BigDecimal> number(Object said) {
    if (said instanceof Integer || said instanceof Long) {
      return Optional.of(BigDecimal.valueOf(((Number) said).longValue()));
    }
    if (said instanceof BigInteger whole) {
      return Optional.of(new BigDecimal(whole));
    }
    if (said instanceof Double fraction && Double.isFinite(fraction)) {
      return Optional.of(BigDecimal.valueOf(fraction));
    }
    return said instanceof String text && NUMBER.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  boolean isWithin(long limit) {
    return tokens.filter(price -> price.compareTo(BigDecimal.valueOf(limit)) <= 0).isPresent();
  }

  /** In whole tokens, rounded up. */
  OptionalLong rounded() {
    return tokens
        .map(price -> price.min(MOST).setScale(0, RoundingMode.CEILING).longValue())
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }
}
