package ru.elumenta.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class HeadersOnDemandTest {
  private final AtomicInteger made = new AtomicInteger();
  private final Supplier<Map<String, Collection<String>>> source =
      () -> {
        made.incrementAndGet();
        return Map.of("X-Request-Id", new ArrayList<>(List.of("req_1")));
      };

  private AttemptReport report() {
    return AttemptReport.withHeadersOnDemand(
        1, Duration.ofMillis(5), OptionalInt.of(200), source, Map::of, Optional.empty());
  }

  @Test
  void areNotMadeForAListenerThatDoesNotLook() {
    AttemptReport report = report();

    assertThat(report.took()).hasMillis(5);
    assertThat(made).hasValue(0);
  }

  @Test
  void areMadeOnceForAllWhoLook() {
    AttemptReport report = report();

    assertThat(report.requestHeaders().get("x-request-id")).containsExactly("req_1");
    assertThat(report.requestHeaders().containsKey("X-REQUEST-ID")).isTrue();
    assertThat(report.requestHeaders()).hasToString("{X-Request-Id=[req_1]}").hasSize(1);
    assertThat(report.responseHeaders()).isEmpty();
    assertThat(made).hasValue(1);
  }

  @Test
  void cannotBeChanged() {
    Map<String, Collection<String>> headers = report().requestHeaders();

    assertThatThrownBy(() -> headers.put("a", List.of()))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(headers::clear).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> headers.get("X-Request-Id").add("another"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void areEqualToThoseThatWereThereAtOnce() {
    AttemptReport atOnce =
        new AttemptReport(
            1,
            Duration.ofMillis(5),
            OptionalInt.of(200),
            Map.of("X-Request-Id", List.of("req_1")),
            Map.of(),
            Optional.empty());

    assertThat(report()).isEqualTo(atOnce).hasSameHashCodeAs(atOnce).hasToString(atOnce.toString());
  }
}
