package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import ru.elumenta.contract.ElumentaSimulator;

/** Contexts with what the starter configures. */
final class Contexts {
  private Contexts() {}

  static ApplicationContextRunner withoutKey() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                SslAutoConfiguration.class,
                ElumentaAutoConfiguration.class,
                ElumentaApiAutoConfiguration.class,
                ElumentaHealthAutoConfiguration.class));
  }

  static ApplicationContextRunner of(ElumentaSimulator service) {
    return withoutKey()
        .withPropertyValues(
            "elumenta.base-url=" + service.baseUrl(), "elumenta.api-key=" + service.apiKey());
  }
}
