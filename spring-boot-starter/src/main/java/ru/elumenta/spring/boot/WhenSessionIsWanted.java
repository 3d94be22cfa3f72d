package ru.elumenta.spring.boot;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import ru.elumenta.client.session.SessionStore;

/** There is something to log in with, or a place for what came of that. */
final class WhenSessionIsWanted extends AnyNestedCondition {
  WhenSessionIsWanted() {
    super(ConfigurationPhase.REGISTER_BEAN);
  }

  @ConditionalOnProperty("elumenta.session.file")
  static final class InFile {}

  @ConditionalOnProperty("elumenta.session.email")
  static final class ByEmail {}

  @ConditionalOnProperty("elumenta.session.phone")
  static final class ByPhone {}

  @ConditionalOnBean(SessionStore.class)
  static final class InStore {}
}
