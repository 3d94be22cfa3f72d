package ru.elumenta.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.internal.transport.Streams.HEAD;
import static ru.elumenta.client.internal.transport.Streams.client;
import static ru.elumenta.client.internal.transport.Streams.delta;
import static ru.elumenta.client.internal.transport.Streams.event;
import static ru.elumenta.client.internal.transport.Streams.prompt;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.StreamEvent;

/**
 * The rules of reactive streams, each a test of their technology compatibility kit, over sockets.
 * The kit is made for TestNG; its tests are methods without parameters and run here as well.
 */
class PublisherRulesTest {
  /** Rules for publishers with several subscribers, who would each have to pay here. */
  private static final String SEVERAL = "optional_spec111";

  private static final List<AutoCloseable> OPEN = new ArrayList<>();

  @AfterAll
  static void close() throws Exception {
    for (AutoCloseable each : OPEN) {
      each.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> everyRuleOfTheKitHolds() {
    List<Method> rules =
        Arrays.stream(FlowPublisherVerification.class.getMethods())
            .filter(method -> method.isAnnotationPresent(Test.class))
            .filter(method -> !method.getName().startsWith("untested")) // seven, without code
            .sorted(Comparator.comparing(Method::getName))
            .toList();
    assertThat(rules).hasSize(31);
    return rules.stream().map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> run(rule)));
  }

  private static void run(Method rule) throws Throwable {
    Verification verification = new Verification();
    verification.setUp();
    try {
      rule.invoke(verification);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof SkipException skipped && rule.getName().contains(SEVERAL)) {
        Assumptions.abort(skipped.getMessage());
      }
      throw e.getCause();
    }
  }

  private static final class Verification extends FlowPublisherVerification<StreamEvent> {
    Verification() {
      super(new TestEnvironment(2_000, 100), 500);
    }

    @Override
    public Flow.Publisher<StreamEvent> createFlowPublisher(long elements) {
      return publisher(elements);
    }

    @Override
    public Flow.Publisher<StreamEvent> createFailedFlowPublisher() {
      Flow.Publisher<StreamEvent> publisher = publisher(1);
      publisher.subscribe(new Nobody());
      return publisher;
    }

    @Override
    public long maxElementsFromPublisher() {
      return Long.MAX_VALUE - 1; // as many as a service sends
    }

    private static synchronized Flow.Publisher<StreamEvent> publisher(long elements) {
      try {
        RawServer server = RawServer.script(conn -> send(conn, elements));
        ElumentaClient client = client(server).build();
        OPEN.add(client);
        OPEN.add(server);
        return client.streamPublisher(prompt());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void send(RawServer.Connection conn, long elements) throws IOException {
      conn.readRequest();
      conn.write(HEAD);
      for (long i = 1; i < elements; i++) {
        conn.write(delta("more "));
      }
      conn.write(elements == 0 ? event("[DONE]") : event("{\"type\":\"generation_end\",\"id\":7}"));
      conn.close();
    }
  }

  private static final class Nobody implements Flow.Subscriber<StreamEvent> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(StreamEvent event) {
      throw new AssertionError("nothing was asked for");
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError("it was cancelled", failure);
    }

    @Override
    public void onComplete() {
      throw new AssertionError("it was cancelled");
    }
  }
}
