package ru.elumenta.spring.test;

import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Plan;

/**
 * Starts a simulator with a context and stops it with it. Equal ones share a context: Spring takes
 * them into the key of its cache.
 */
record SimulatorCustomizer(Plan plan, long balance, long seed) implements ContextCustomizer {
  static final String BEAN = "elumentaSimulator";

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
    ElumentaSimulator simulator =
        ElumentaSimulator.builder().plan(plan).balance(balance).seed(seed).start();
    context.getBeanFactory().registerSingleton(BEAN, simulator);
    // A context that fails to start destroys its beans as well.
    ((DefaultSingletonBeanRegistry) context.getBeanFactory())
        .registerDisposableBean(BEAN, simulator::close);
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "Elumenta simulator",
                Map.of(
                    "elumenta.base-url", simulator.baseUrl(),
                    "elumenta.api-key", simulator.apiKey())));
  }
}
