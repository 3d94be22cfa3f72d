package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static ru.elumenta.client.Service.json;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.model.Generation;

/** What is handed on of a client cannot end it, and can be something else in a test. */
class ElumentaCallsTest {
  @Test
  void callsWithOtherLimitsCannotBeClosed() {
    try (Service service = new Service();
        ElumentaClient elumenta = service.client(new FakeTime()).build()) {
      service.answers(json(200, Samples.IMAGE_COMPLETED));
      ElumentaCalls limited = elumenta.within(Duration.ofSeconds(20)).maxCost(7);

      assertThat(limited).isNotInstanceOfAny(AutoCloseable.class, ElumentaClient.class);
      assertThat(elumenta.maxCost(7).within(Duration.ofSeconds(20)))
          .isNotInstanceOf(AutoCloseable.class);
      assertThat(Arrays.stream(ElumentaCalls.class.getMethods()).map(method -> method.getName()))
          .doesNotContain("close", "shutdown");

      limited.api(GenerationsApi.class).createGeneration(Samples.image());
      assertThat(limited.tokensCharged()).isEqualTo(7).isEqualTo(elumenta.tokensCharged());
    }
  }

  @Test
  void whoeverCallsTheServiceCanBeGivenAFake() {
    Generation made = new Generation();
    ElumentaCalls fake =
        (ElumentaCalls)
            Proxy.newProxyInstance(
                ElumentaCalls.class.getClassLoader(),
                new Class<?>[] {ElumentaCalls.class},
                (proxy, method, arguments) -> method.getName().equals("generate") ? made : proxy);

    assertThat(fake.maxCost(7).generate(Samples.image())).isSameAs(made);
  }

  @Test
  void whatIsPublicOfAClientIsItsCallsItsMakingAndItsEnd() {
    List<String> own =
        Arrays.stream(ElumentaClient.class.getMethods())
            .filter(method -> method.getDeclaringClass() != Object.class)
            .map(method -> method.getName())
            .filter(
                name ->
                    Arrays.stream(ElumentaCalls.class.getMethods())
                        .noneMatch(method -> method.getName().equals(name)))
            .distinct()
            .toList();

    assertThat(own).containsExactlyInAnyOrder("builder", "fromEnv", "close", "toString");
  }
}
