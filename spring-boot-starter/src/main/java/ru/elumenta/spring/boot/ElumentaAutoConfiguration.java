package ru.elumenta.spring.boot;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.Environment;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.ElumentaSession;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.event.AttemptHeaders;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.journal.FileCallJournal;
import ru.elumenta.client.options.ContextPropagation;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.client.session.SessionStore;

/**
 * A client as the properties {@code elumenta.*} say, if there is something to authenticate with;
 * and further ones by name. Whatever the application declares itself takes the place of what is
 * here. Beans are destroyed in the order clients, journal and session, connections.
 */
@AutoConfiguration
@EnableConfigurationProperties(ElumentaProperties.class)
@Import(NamedClientRegistrar.class)
@ImportRuntimeHints(ElumentaRuntimeHints.class)
public class ElumentaAutoConfiguration {
  private static final String PREFIX = "elumenta";

  @Bean
  @ConditionalOnMissingBean
  HttpEngine elumentaHttpEngine() {
    return HttpEngine.create();
  }

  @Bean
  ClientAssembly elumentaClientAssembly(
      Environment environment,
      HttpEngine engine,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<CallListener> listeners,
      ObjectProvider<AttemptHeaders> headers,
      ObjectProvider<ContextPropagation> contexts,
      ObjectProvider<ClientHealth> health,
      ObjectProvider<ElumentaClientBuilderCustomizer> customizers) {
    return new ClientAssembly(
        environment, engine, bundles, listeners, headers, contexts, health, customizers);
  }

  @Bean
  @ConditionalOnProperty(PREFIX + ".journal.file")
  @ConditionalOnMissingBean(CallJournal.class)
  FileCallJournal elumentaCallJournal(ElumentaProperties properties) {
    return FileCallJournal.at(properties.getJournal().getFile());
  }

  @Bean
  @Conditional(WhenSessionIsWanted.class)
  @ConditionalOnMissingBean(Credentials.class)
  ElumentaSession elumentaSession(
      ElumentaProperties properties, ClientAssembly assembly, ObjectProvider<SessionStore> store) {
    return assembly.session(PREFIX, properties, store.getIfUnique());
  }

  /** A new one each time, for who builds further clients that differ in something. */
  @Bean
  @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
  @Conditional(WhenAuthenticated.class)
  @ConditionalOnMissingBean
  ElumentaClientBuilder elumentaClientBuilder(
      ElumentaProperties properties,
      ClientAssembly assembly,
      ObjectProvider<Credentials> credentials,
      ObjectProvider<CallJournal> journal) {
    Credentials given = credentials.getIfUnique();
    if (given instanceof ElumentaSession session && properties.getSession().isWanted()) {
      given = LoginOnDemand.of(session, PREFIX, properties.getSession());
    }
    return assembly.builder(PREFIX, "", properties, given, journal.getIfUnique());
  }

  @Bean
  @Conditional(WhenAuthenticated.class)
  @ConditionalOnMissingBean
  ElumentaClient elumentaClient(ElumentaClientBuilder builder) {
    return ClientAssembly.built(PREFIX, builder);
  }
}
