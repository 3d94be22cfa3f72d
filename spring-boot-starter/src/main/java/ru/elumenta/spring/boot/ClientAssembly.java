package ru.elumenta.spring.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.ElumentaSessionBuilder;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.SessionStores;
import ru.elumenta.client.event.AttemptHeaders;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.options.CircuitBreakerOptions;
import ru.elumenta.client.options.ContextPropagation;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.client.session.SessionStore;

/** Makes builders of properties and beans; those of all clients, so that none lacks anything. */
record ClientAssembly(
    Environment environment,
    HttpEngine engine,
    ObjectProvider<SslBundles> bundles,
    ObjectProvider<CallListener> listeners,
    ObjectProvider<AttemptHeaders> headers,
    ObjectProvider<ContextPropagation> contexts,
    ObjectProvider<ClientHealth> health,
    ObjectProvider<ElumentaClientBuilderCustomizer> customizers) {
  private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

  /**
   * Makes a builder on which everything is set.
   *
   * @param prefix what the properties begin with
   * @param name of the client; empty if it has none
   * @param credentials in place of the key of the properties, or null
   * @param journal in place of the builder's own, or null
   */
  ElumentaClientBuilder builder(
      String prefix,
      String name,
      ElumentaClientProperties properties,
      @Nullable Credentials credentials,
      @Nullable CallJournal journal) {
    ConfiguredOptions options = new ConfiguredOptions(prefix, properties, bundles);
    ElumentaClientBuilder builder =
        ElumentaClient.builder()
            .credentials(credentials != null ? credentials : key(options))
            .baseUrl(properties.getBaseUrl())
            .attemptTimeout(properties.getAttemptTimeout())
            .callTimeout(properties.getCallTimeout())
            .retry(options.retry())
            .recovery(properties.getRecovery())
            .polling(options.polling())
            .streaming(options.streaming())
            .pacing(properties.isPacing())
            .network(options.network())
            .sharedWith(engine);
    Integer limit = properties.getMaxConcurrentCalls();
    if (limit != null) {
      options.checked("max-concurrent-calls", () -> builder.maxConcurrentCalls(limit));
    }
    CircuitBreakerOptions breaker = options.circuitBreaker();
    if (breaker != null) {
      builder.circuitBreaker(breaker);
    }
    if (journal != null) {
      builder.journal(journal);
    }
    if (isVirtual()) {
      builder.executor(new VirtualThreadTaskExecutor("elumenta-"));
    }
    health.ifAvailable(watch -> builder.listener(watch.of(name)));
    listeners.orderedStream().forEach(builder::listener);
    headers.orderedStream().forEach(builder::attemptHeaders);
    contexts.orderedStream().forEach(builder::contextPropagation);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder, name));
    return builder;
  }

  /** As Boot decides it; its own class for that has another name from 4.0 on. */
  private boolean isVirtual() {
    return environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
        && Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
  }

  private static Credentials key(ConfiguredOptions options) {
    String key = options.properties().getApiKey();
    if (key == null || key.isBlank()) {
      throw MissingKey.exception(options.prefix());
    }
    return options.checked(MissingKey.API_KEY, () -> Credentials.apiKey(key));
  }

  /** Builds the client; what it refuses is said with the prefix of its properties. */
  static ElumentaClient built(String prefix, ElumentaClientBuilder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw UnusablePropertyException.of(prefix, e);
    }
  }

  /**
   * Makes the session that the properties ask for.
   *
   * @param given the store in place of that of the properties, or null
   */
  ElumentaSession session(
      String prefix, ElumentaClientProperties properties, @Nullable SessionStore given) {
    if (properties.getApiKey() != null && !properties.getApiKey().isBlank()) {
      throw new UnusablePropertyException(
          prefix, "there are an api-key and a session: keep one of them.");
    }
    SessionProperties session = properties.getSession();
    ConfiguredOptions options = new ConfiguredOptions(prefix, properties, bundles);
    ElumentaSessionBuilder builder =
        ElumentaSession.builder()
            .baseUrl(properties.getBaseUrl())
            .attemptTimeout(session.getAttemptTimeout())
            .renewAhead(session.getRenewAhead())
            .network(options.network())
            .sharedWith(engine);
    if (given != null) {
      builder.store(given);
    } else if (session.getFile() != null) {
      builder.store(SessionStores.file(session.getFile()));
    }
    return options.checked("session", builder::build);
  }
}
