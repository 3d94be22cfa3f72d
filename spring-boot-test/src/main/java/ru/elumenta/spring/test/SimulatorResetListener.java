package ru.elumenta.spring.test;

import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import ru.elumenta.contract.ElumentaSimulator;

/** Lets the simulator of the context forget everything before each test method. */
final class SimulatorResetListener implements TestExecutionListener {
  @Override
  public void beforeTestMethod(TestContext test) {
    if (!test.hasApplicationContext()) {
      return;
    }
    ApplicationContext context = test.getApplicationContext();
    if (context.containsBean(SimulatorCustomizer.BEAN)) {
      context.getBean(SimulatorCustomizer.BEAN, ElumentaSimulator.class).reset();
    }
  }
}
