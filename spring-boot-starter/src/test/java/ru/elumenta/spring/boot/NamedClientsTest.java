package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.error.CallInterruptedException;

class NamedClientsTest {
  private final ElumentaSimulator ours = ElumentaSimulator.builder().seed(1).start();
  private final ElumentaSimulator theirs = ElumentaSimulator.builder().seed(2).start();

  @AfterEach
  void stop() {
    ours.close();
    theirs.close();
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoAccounts {
    @Bean
    List<ElumentaClient> both(ElumentaClient plain, @Qualifier("posters") ElumentaClient posters) {
      return List.of(plain, posters);
    }

    @Bean
    UserApi[] interfaces(UserApi plain, @Qualifier("posters") UserApi posters) {
      return new UserApi[] {plain, posters};
    }
  }

  @Test
  void eachHasItsAccountAndIsClosedWithTheContext() {
    List<ElumentaClient> kept = new ArrayList<>();
    Contexts.of(ours)
        .withPropertyValues(
            "elumenta.clients.posters.api-key=" + theirs.apiKey(),
            "elumenta.clients.posters.base-url=" + theirs.baseUrl())
        .withUserConfiguration(TwoAccounts.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              @SuppressWarnings("unchecked")
              List<ElumentaClient> both = context.getBean("both", List.class);
              both.get(0).generate(request());
              both.get(1).generate(request());
              both.get(1).generate(request());
              UserApi[] interfaces = context.getBean(UserApi[].class);
              assertThat(interfaces[1]).isSameAs(both.get(1).api(UserApi.class));
              assertThat(interfaces[0]).isSameAs(both.get(0).api(UserApi.class));
              kept.addAll(both);
            });

    assertThat(ours.charges()).isEqualTo(1);
    assertThat(theirs.charges()).isEqualTo(2);
    assertThat(kept)
        .allSatisfy(
            client ->
                assertThatThrownBy(client::balance).isInstanceOf(CallInterruptedException.class));
  }

  @Test
  void oneWithANameTakesFromTheOthersWhatItDoesNotSayButNeverTheAccount(@TempDir Path folder) {
    List<String> names = new ArrayList<>();
    List<Object> fields = new ArrayList<>();
    ElumentaClientBuilderCustomizer customizer =
        new ElumentaClientBuilderCustomizer() {
          @Override
          public void customize(ElumentaClientBuilder builder) {}

          @Override
          public void customize(ElumentaClientBuilder builder, String name) {
            names.add(name);
            fields.add(BuilderFields.of(builder));
          }
        };
    Contexts.of(ours)
        .withPropertyValues(
            "elumenta.call-timeout=7s",
            "elumenta.retry.max-attempts=9",
            "elumenta.retry.jitter=0.5",
            "elumenta.journal.file=" + folder.resolve("plain.journal"),
            "elumenta.network.headers.X-A=1",
            "elumenta.clients.posters.api-key=" + theirs.apiKey(),
            "elumenta.clients.posters.retry.jitter=0.75",
            "elumenta.clients.posters.network.headers.X-B=2")
        .withBean(ElumentaClientBuilderCustomizer.class, () -> customizer)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(names).containsExactlyInAnyOrder("", "posters");
              assertThat(fields.get(names.indexOf("posters")).toString())
                  .contains("callTimeout=PT7S", "maxAttempts=9", "jitter=0.75")
                  .contains("headers=[X-A, X-B]")
                  .contains("baseUrl=" + ours.baseUrl())
                  .doesNotContain("plain.journal");
              assertThat(fields.get(names.indexOf("")).toString())
                  .contains("jitter=0.5", "headers=[X-A]", "plain.journal");
            });
  }

  @Test
  void oneWithASessionLogsInWhenItIsFirstUsed() {
    Contexts.withoutKey()
        .withPropertyValues(
            "elumenta.base-url=" + theirs.baseUrl(),
            "elumenta.clients.posters.session.email=" + ElumentaSimulator.EMAIL,
            "elumenta.clients.posters.session.password=" + ElumentaSimulator.PASSWORD)
        .run(
            context -> {
              assertThat(theirs.requests()).isZero();
              context.getBean("postersElumentaClient", ElumentaClient.class).balance();
              assertThat(theirs.requests("login")).isEqualTo(1);
            });
  }

  private static GenerationRequest request() {
    return new GenerationRequest().model("dall-e-3").prompt("A poster");
  }
}
