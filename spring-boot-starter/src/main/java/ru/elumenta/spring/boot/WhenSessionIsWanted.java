package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Conditional;
import ru.elumenta.client.session.SessionStore;

/** There is something to log in with, or a place for what came of that. */
final class WhenSessionIsWanted extends AnyNestedCondition {
  WhenSessionIsWanted() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnProperty("elumenta.session.file")
  static final class InFile {}

  @Conditional(WhenLoggingIn.class)
  static final class LoggingIn {}

  @ConditionalOnBean(SessionStore.class)
  static final class InStore {}
}
