package ru.elumenta.spring.boot;

import ru.elumenta.client.ElumentaClientBuilder;

/**
 * Changes the builder of a client after the properties have set it and before it builds: for what
 * only code can say, such as policies or something around the transport. All beans of this type are
 * applied to every client that the starter builds, in the order of {@link
 * org.springframework.core.annotation.Order}.
 *
 * <p>A key or credentials set here would conflict with those of the properties: declare a bean of
 * the type {@link ru.elumenta.client.session.Credentials} instead. Nor can another transport be set
 * here, because clients share the connections of one engine: build a client of your own with it.
 */
@FunctionalInterface
public interface ElumentaClientBuilderCustomizer {
  /** Changes a builder. Called once for each client. */
  void customize(ElumentaClientBuilder builder);

  /**
   * The same for who needs to know which client it is. This is what is called; by default it is
   * {@link #customize(ElumentaClientBuilder)}.
   *
   * @param name of {@code elumenta.clients}; empty for the client that has no name
   */
  default void customize(ElumentaClientBuilder builder, String name) {
    customize(builder);
  }
}
