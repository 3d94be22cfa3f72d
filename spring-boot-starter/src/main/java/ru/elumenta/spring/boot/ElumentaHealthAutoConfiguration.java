package ru.elumenta.spring.boot;

import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Health as the application's own calls show it; see {@link ClientHealth}. Off unless asked for:
 * whether a service of others is up is seldom a reason to restart an application.
 *
 * <p>The interfaces have other names from Boot 4.0 on.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.actuate.autoconfigure.health.HealthContributorAutoConfiguration",
      "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration"
    })
@ConditionalOnProperty(prefix = "management.health.elumenta", name = "enabled")
public class ElumentaHealthAutoConfiguration {
  private static final String BEAN = "elumentaHealthIndicator";

  @Bean
  ClientHealth elumentaClientHealth() {
    return new ClientHealth(Clock.systemUTC());
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.actuate.health.HealthIndicator.class)
  static class InBoot3 {
    @Bean(BEAN)
    @ConditionalOnMissingBean(name = BEAN)
    org.springframework.boot.actuate.health.HealthIndicator indicator(ClientHealth health) {
      return () ->
          org.springframework.boot.actuate.health.Health.status(health.state().name())
              .withDetails(health.details())
              .build();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.health.contributor.HealthIndicator.class)
  static class InBoot4 {
    @Bean(BEAN)
    @ConditionalOnMissingBean(name = BEAN)
    org.springframework.boot.health.contributor.HealthIndicator indicator(ClientHealth health) {
      return () ->
          org.springframework.boot.health.contributor.Health.status(health.state().name())
              .withDetails(health.details())
              .build();
    }
  }
}
