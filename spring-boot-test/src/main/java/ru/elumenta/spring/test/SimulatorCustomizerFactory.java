package ru.elumenta.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Gives a context a simulator if the test class, or one around it, asks for it. */
final class SimulatorCustomizerFactory implements ContextCustomizerFactory {
  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
    AutoConfigureElumentaSimulator asked =
        TestContextAnnotationUtils.findMergedAnnotation(
            testClass, AutoConfigureElumentaSimulator.class);
    return asked == null
        ? null
        : new SimulatorCustomizer(asked.plan(), asked.balance(), asked.seed());
  }
}
