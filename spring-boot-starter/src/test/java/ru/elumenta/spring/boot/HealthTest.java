package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.contract.scenario.Fault;

class HealthTest {
  private static final String BEAN = "elumentaHealthIndicator";
  private final ElumentaSimulator service = ElumentaSimulator.start();

  @AfterEach
  void stop() {
    service.close();
  }

  private ApplicationContextRunner asked() {
    return Contexts.of(service)
        .withPropertyValues(
            "management.health.elumenta.enabled=true", "elumenta.retry.max-attempts=1");
  }

  @Test
  void thereIsNoneUnlessAskedFor() {
    Contexts.of(service).run(context -> assertThat(context).doesNotHaveBean(BEAN));
  }

  @Test
  void itIsTheIndicatorOfThisBoot() {
    boolean isBoot3 = System.getProperty("boot.version").startsWith("3.");
    asked()
        .run(
            context ->
                assertThat(context.getBean(BEAN).getClass().getInterfaces()[0].getName())
                    .isEqualTo(
                        isBoot3
                            ? "org.springframework.boot.actuate.health.HealthIndicator"
                            : "org.springframework.boot.health.contributor.HealthIndicator"));
  }

  @Test
  void itTellsWhatTheCallsShowAndSendsNothing() {
    asked()
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              assertThat(shown(context.getBean(BEAN))).contains("UNKNOWN");
              client.balance();
              assertThat(shown(context.getBean(BEAN))).startsWith("UP").contains("lastAnswer");
              service.always().fail(Fault.providerError());
              for (int call = 0; call < 3; call++) {
                catchThrowable(client::balance);
              }
              assertThat(shown(context.getBean(BEAN)))
                  .startsWith("DOWN")
                  .contains("failuresInRow=3");
              service.healthy();
              client.balance();
              assertThat(shown(context.getBean(BEAN))).startsWith("UP");
              assertThat(service.requests()).isEqualTo(5);
            });
  }

  @Test
  void aModelThatIsUnavailableIsNoSignOfTheService() {
    asked()
        .withPropertyValues("elumenta.circuit-breaker.enabled=true")
        .run(
            context -> {
              service.always().to("createGeneration").fail(Fault.modelUnavailable());
              ElumentaClient client = context.getBean(ElumentaClient.class);
              for (int call = 0; call < 5; call++) {
                catchThrowable(
                    () -> client.generate(new GenerationRequest().model("dall-e-3").prompt("A")));
              }
              assertThat(shown(context.getBean(BEAN))).startsWith("UP").contains("dall-e-3");
            });
  }

  @Test
  void aKeyThatIsRefusedIsDownForAMinute() {
    MovedClock clock = new MovedClock();
    ClientHealth health = new ClientHealth(clock);
    try (ElumentaClient client =
        service.client().apiKey("nb_unknown_0123456789").listener(health.of("")).build()) {
      catchThrowable(client::balance);
    }

    assertThat(health.state()).isEqualTo(ClientHealth.State.DOWN);
    assertThat(health.details().toString()).contains("default={", "keyRefused=true");
    clock.advance(Duration.ofMinutes(1));
    assertThat(health.state()).isEqualTo(ClientHealth.State.UNKNOWN);
  }

  /** Without naming the type, which is another in each Boot. */
  private static String shown(Object indicator) {
    try {
      Class<?> type = indicator.getClass().getInterfaces()[0];
      Object health = type.getMethod("health").invoke(indicator);
      Object details = health.getClass().getMethod("getDetails").invoke(health);
      return health.getClass().getMethod("getStatus").invoke(health) + " " + details;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
