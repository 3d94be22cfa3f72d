package ru.elumenta.spring.boot;

import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import ru.elumenta.client.ElumentaClient;

/**
 * Registers the clients of {@code elumenta.clients} and their generated interfaces. They are
 * injected by {@code @Qualifier} with their name, and never get in the way of the one without.
 */
final class NamedClientRegistrar implements ImportBeanDefinitionRegistrar {
  private final Environment environment;

  NamedClientRegistrar(Environment environment) {
    this.environment = environment;
  }

  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    for (String name : ClientNames.in(environment)) {
      String bean = name + "ElumentaClient";
      RootBeanDefinition definition = new RootBeanDefinition(NamedClient.class);
      definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, ElumentaClient.class);
      definition.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR);
      definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
      GeneratedApiRegistrar.qualify(definition, name);
      registry.registerBeanDefinition(bean, definition);
      GeneratedApiRegistrar.register(name, bean, registry);
    }
  }
}
