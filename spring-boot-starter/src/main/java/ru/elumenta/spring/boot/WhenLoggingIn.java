package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** There is somebody to log in. */
final class WhenLoggingIn extends AnyNestedCondition {
  WhenLoggingIn() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnProperty("elumenta.session.email")
  static final class ByEmail {}

  @ConditionalOnProperty("elumenta.session.phone")
  static final class ByPhone {}
}
