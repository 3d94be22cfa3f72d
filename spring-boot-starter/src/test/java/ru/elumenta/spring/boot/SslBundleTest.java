package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SslBundleTest {
  @Test
  void anUnknownBundleKeepsTheApplicationFromStarting() {
    Contexts.withoutKey()
        .withPropertyValues("elumenta.api-key=nb_0123456789abcdef", "elumenta.ssl.bundle=none")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("none"));
  }
}
