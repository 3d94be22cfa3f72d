package ru.elumenta.spring.boot;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** The names under {@code elumenta.clients}. */
final class ClientNames {
  static final String PREFIX = "elumenta.clients";

  private ClientNames() {}

  static Set<String> in(Environment environment) {
    return Binder.get(environment)
        .bind(PREFIX, Bindable.mapOf(String.class, Object.class))
        .map(Map::keySet)
        .<Set<String>>map(TreeSet::new)
        .orElse(Collections.emptySet());
  }

  /** The properties of one: those under its name, over those that it shares with all. */
  static ElumentaClientProperties properties(Environment environment, String name) {
    Binder binder = Binder.get(environment);
    ElumentaClientProperties properties = new ElumentaClientProperties();
    binder.bind("elumenta", Bindable.ofInstance(properties));
    properties.keepWhatIsShared();
    binder.bind(PREFIX + "." + name, Bindable.ofInstance(properties));
    return properties;
  }
}
