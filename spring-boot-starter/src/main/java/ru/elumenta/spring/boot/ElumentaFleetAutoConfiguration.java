package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.session.SessionStore;
import ru.elumenta.redis.Fleet;
import ru.elumenta.redis.RedisCallJournal;
import ru.elumenta.redis.RedisSessionStore;

/**
 * What the machines of a fleet share, if {@code elumenta-redis} is there and {@code
 * elumenta.fleet.redis} says where. It is for the client that has no name: each of {@code
 * elumenta.clients} has an account of its own.
 */
@AutoConfiguration(before = ElumentaAutoConfiguration.class)
@ConditionalOnClass(Fleet.class)
@Conditional(ElumentaFleetAutoConfiguration.WhenRedisIsNamed.class)
@EnableConfigurationProperties(FleetProperties.class)
public class ElumentaFleetAutoConfiguration {
  /** As one address, or as nodes of a cluster in either form of a list. */
  static final class WhenRedisIsNamed extends AnyNestedCondition {
    WhenRedisIsNamed() {
      super(ConfigurationPhase.PARSE_CONFIGURATION);
    }

    @ConditionalOnProperty("elumenta.fleet.redis")
    static final class One {}

    @ConditionalOnProperty("elumenta.fleet.cluster-nodes")
    static final class Nodes {}

    @ConditionalOnProperty("elumenta.fleet.cluster-nodes[0]")
    static final class FirstNode {}
  }

  @Bean
  @ConditionalOnMissingBean
  Fleet elumentaFleet(FleetProperties properties) {
    return Fleet.of(ConfiguredFleet.options(properties));
  }

  @Bean
  @ConditionalOnMissingBean(CallJournal.class)
  RedisCallJournal elumentaFleetJournal(Fleet fleet, Environment environment) {
    if (environment.containsProperty("elumenta.journal.file")) {
      throw new UnusablePropertyException(
          "elumenta.journal.file",
          "there is a fleet, whose journal is in Redis: leave the file out, or elumenta.fleet.");
    }
    return fleet.callJournal();
  }

  @Bean
  @Conditional(WhenLoggingIn.class)
  @ConditionalOnMissingBean(SessionStore.class)
  RedisSessionStore elumentaFleetSessions(Fleet fleet, FleetProperties properties) {
    if (properties.getEncryptionKey() == null) {
      throw new UnusablePropertyException(
          ConfiguredFleet.PREFIX + ".encryption-key",
          "it is not set, and the tokens of a session are kept in Redis only if they are"
              + " encrypted. All machines have the same key.");
    }
    return fleet.sessionStore();
  }

  @Bean
  @ConditionalOnProperty(name = "elumenta.fleet.pacing", matchIfMissing = true)
  ElumentaClientBuilderCustomizer elumentaFleetPacing(Fleet fleet) {
    return new Paced(fleet);
  }

  /** The client that has no name, before what the application itself says. */
  @Order(Ordered.HIGHEST_PRECEDENCE)
  private record Paced(Fleet fleet) implements ElumentaClientBuilderCustomizer {
    @Override
    public void customize(ElumentaClientBuilder builder) {
      builder.pacing(fleet.pacing());
    }

    @Override
    public void customize(ElumentaClientBuilder builder, String name) {
      if (name.isEmpty()) {
        customize(builder);
      }
    }
  }
}
