package ru.elumenta.contract;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.contract.exchange.Finding;
import ru.elumenta.contract.exchange.Side;

/**
 * A JUnit 5 extension that gives each test a simulator of its own, as a parameter, and a client for
 * it: {@link ElumentaSimulator}, {@link ElumentaClient}, or an {@link ElumentaClientBuilder} to
 * change its settings. Both are closed after the test.
 *
 * <p>A test fails by it if a request did not obey the contract, strictly, or was for no operation
 * of it; and if a fault was declared for a request that never came. Whatever it fails by, the
 * conversation is printed to the standard output.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ElumentaExtension elumenta =
 *     ElumentaExtension.with(builder -> builder.plan(Plan.ELITE).balance(7));
 * }</pre>
 *
 * <p>What the tests of a run met of the contract is written to {@code target/elumenta} (or {@code
 * build/elumenta}) as {@code coverage.html} and {@code coverage.json}. JUnit's configuration
 * parameter {@code elumenta.coverage} names another folder, or is {@code off}.
 *
 * <p>{@link ElumentaTest} is the same with all defaults. Thread-safe; tests may run in parallel.
 */
public final class ElumentaExtension
    implements ParameterResolver, AfterEachCallback, AfterAllCallback {
  private static final Namespace NAMESPACE = Namespace.create(ElumentaExtension.class);

  private final Consumer<? super ElumentaSimulatorBuilder> settings;
  private final boolean isLenient;

  /** Creates it with all defaults; JUnit calls this. */
  public ElumentaExtension() {
    this(builder -> {}, false);
  }

  private ElumentaExtension(
      Consumer<? super ElumentaSimulatorBuilder> settings, boolean isLenient) {
    this.settings = settings;
    this.isLenient = isLenient;
  }

  /** Creates it for simulators with other settings; the consumer is called for each test. */
  public static ElumentaExtension with(Consumer<? super ElumentaSimulatorBuilder> settings) {
    return new ElumentaExtension(Objects.requireNonNull(settings, "settings"), false);
  }

  /** Returns one by which no test fails: for tests that send what is wrong on purpose. */
  public ElumentaExtension lenient() {
    return new ElumentaExtension(settings, true);
  }

  /** What one test uses. */
  private final class Used implements AutoCloseable {
    private final ElumentaSimulator simulator;
    private final long begun = System.nanoTime();
    private @Nullable ElumentaClient client;

    Used() {
      ElumentaSimulatorBuilder builder = ElumentaSimulator.builder();
      settings.accept(builder);
      simulator = builder.start();
    }

    synchronized ElumentaClient client() {
      if (client == null) {
        client = simulator.client().build();
      }
      return client;
    }

    @Override
    public synchronized void close() {
      if (client != null) {
        client.close();
      }
      simulator.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    Class<?> type = parameter.getParameter().getType();
    return type == ElumentaSimulator.class
        || type == ElumentaClient.class
        || type == ElumentaClientBuilder.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Used used = test.getStore(NAMESPACE).getOrComputeIfAbsent(this, any -> new Used(), Used.class);
    Class<?> type = parameter.getParameter().getType();
    if (type == ElumentaSimulator.class) {
      return used.simulator;
    }
    return type == ElumentaClient.class ? used.client() : used.simulator.client();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Used used = test.getStore(NAMESPACE).remove(this, Used.class);
    if (used == null) {
      return; // no parameter was asked for
    }
    try (used) {
      String problem = isLenient ? "" : problem(used.simulator);
      if (!problem.isEmpty() || test.getExecutionException().isPresent()) {
        System.out.printf(
            "What the simulator saw in %s:%n%s",
            test.getDisplayName(), used.simulator.conversation());
      }
      boolean passed = problem.isEmpty() && test.getExecutionException().isEmpty();
      CoverageOfRun.of(test)
          .add(
              TestCoverage.of(
                  used.simulator,
                  nameOf(test),
                  passed,
                  Duration.ofNanos(System.nanoTime() - used.begun)));
      if (!problem.isEmpty()) {
        throw new AssertionError(problem);
      }
    }
  }

  private static String nameOf(ExtensionContext test) {
    return test.getTestClass().map(type -> type.getSimpleName() + ".").orElse("")
        + test.getTestMethod().map(Method::getName).orElse("")
        + (test.getTestMethod().filter(each -> each.getParameterCount() == 0).isPresent()
            ? ""
            : " " + test.getDisplayName());
  }

  @Override
  public void afterAll(ExtensionContext testClass) {
    CoverageOfRun.of(testClass).write();
  }

  private static String problem(ElumentaSimulator simulator) {
    List<Finding> findings =
        simulator.findings().stream().filter(each -> each.side() == Side.REQUEST).toList();
    if (!findings.isEmpty()) {
      return "Requests did not obey the contract:"
          + String.join(
              "", findings.stream().map(each -> System.lineSeparator() + "  " + each).toList());
    }
    if (simulator.faultsLeft() > 0) {
      return "%d faults were declared for requests that did not come."
          .formatted(simulator.faultsLeft());
    }
    return "";
  }
}
