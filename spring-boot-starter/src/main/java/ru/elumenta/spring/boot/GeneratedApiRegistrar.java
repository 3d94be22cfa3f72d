package ru.elumenta.spring.boot;

import java.util.Arrays;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.RuntimeBeanReference;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.ResolvableType;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;
import ru.elumenta.client.ElumentaClient;

/**
 * Registers each generated interface as a bean, unless the application has one. Definitions are
 * made of what ahead-of-time processing can write down: classes, references and names.
 */
final class GeneratedApiRegistrar implements ImportBeanDefinitionRegistrar {
  @Override
  public void registerBeanDefinitions(
      AnnotationMetadata importing, BeanDefinitionRegistry registry) {
    ConfigurableListableBeanFactory beans = (ConfigurableListableBeanFactory) registry;
    for (Class<?> type : GeneratedInterfaces.all(loader(beans))) {
      if (!hasOwn(beans, type)) {
        registry.registerBeanDefinition(
            "elumenta" + type.getSimpleName(),
            definition(type, new RuntimeBeanReference(ElumentaClient.class)));
      }
    }
  }

  /** Whether the application has one; those of clients with a name do not count. */
  private static boolean hasOwn(ConfigurableListableBeanFactory beans, Class<?> type) {
    return Arrays.stream(beans.getBeanNamesForType(type, true, false))
        .anyMatch(
            name ->
                !(beans.containsBeanDefinition(name)
                    && beans.getBeanDefinition(name) instanceof AbstractBeanDefinition definition
                    && !definition.isDefaultCandidate()));
  }

  /** Registers those of one client, which is injected by its name alone. */
  static void register(String client, String bean, BeanDefinitionRegistry registry) {
    for (Class<?> type :
        GeneratedInterfaces.all(loader((ConfigurableListableBeanFactory) registry))) {
      RootBeanDefinition definition = definition(type, new RuntimeBeanReference(bean));
      qualify(definition, client);
      registry.registerBeanDefinition(client + "Elumenta" + type.getSimpleName(), definition);
    }
  }

  /** Makes a bean one that is injected only where its client is named. */
  static void qualify(RootBeanDefinition definition, String client) {
    definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
    definition.setDefaultCandidate(false);
  }

  private static RootBeanDefinition definition(Class<?> type, RuntimeBeanReference client) {
    RootBeanDefinition definition = new RootBeanDefinition(GeneratedApi.class);
    definition.setTargetType(ResolvableType.forClassWithGenerics(GeneratedApi.class, type));
    definition.setAttribute(FactoryBean.OBJECT_TYPE_ATTRIBUTE, type);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(0, type);
    definition.getConstructorArgumentValues().addIndexedArgumentValue(1, client);
    return definition;
  }

  private static ClassLoader loader(ConfigurableListableBeanFactory beans) {
    ClassLoader loader = beans.getBeanClassLoader();
    return loader == null ? ClassUtils.getDefaultClassLoader() : loader;
  }
}
