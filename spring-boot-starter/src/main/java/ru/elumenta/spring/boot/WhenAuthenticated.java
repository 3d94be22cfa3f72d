package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import ru.elumenta.client.session.Credentials;

/**
 * There is a key, or a bean of the type {@link Credentials}, that of a session for example. Holds
 * while an application is processed ahead of time, too: nobody has a key where it is built, and
 * where it then runs this is not asked again.
 */
final class WhenAuthenticated extends AnyNestedCondition {
  WhenAuthenticated() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnBean(Credentials.class)
  static final class ByCredentials {}

  @Conditional(Key.class)
  static final class ByKey {}

  /** The key alone. */
  static final class Key extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      ConditionMessage.Builder message = ConditionMessage.forCondition("Elumenta key");
      if (Boolean.getBoolean("spring.aot.processing")) {
        return ConditionOutcome.match(message.because("it may be there when this runs"));
      }
      String key = context.getEnvironment().getProperty("elumenta.api-key");
      return key == null || key.isBlank()
          ? ConditionOutcome.noMatch(message.didNotFind("elumenta.api-key").atAll())
          : ConditionOutcome.match(message.foundExactly("elumenta.api-key"));
    }
  }
}
