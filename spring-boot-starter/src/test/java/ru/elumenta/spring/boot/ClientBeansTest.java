package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.HttpEngine;
import ru.elumenta.client.api.GenerationsApi;
import ru.elumenta.client.api.ModelsApi;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.event.AttemptHeaders;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.client.journal.CallJournal;
import ru.elumenta.client.model.GenerationRequest;
import ru.elumenta.client.options.ContextPropagation;
import ru.elumenta.client.session.Credentials;
import ru.elumenta.contract.ElumentaSimulator;
import ru.elumenta.error.CallInterruptedException;

class ClientBeansTest {
  private final ElumentaSimulator service = ElumentaSimulator.start();

  @AfterEach
  void stop() {
    service.close();
  }

  @Test
  void theseTestsRunUnderTheVersionOfBootThatTheBuildNames() {
    assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("boot.version"));
  }

  @Test
  void keyAndAddressMakeAClientThatIsClosedWithTheContext() {
    AtomicReference<ElumentaClient> kept = new AtomicReference<>();
    Contexts.of(service)
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              client.generate(new GenerationRequest().model("dall-e-3").prompt("A lighthouse"));
              assertThat(service.charges()).isEqualTo(1);
              kept.set(client);
            });

    long before = service.requests();
    assertThatThrownBy(() -> kept.get().balance()).isInstanceOf(CallInterruptedException.class);
    assertThat(service.requests()).isEqualTo(before);
  }

  @Test
  void anEngineOfTheStarterIsClosedWithTheContext() {
    AtomicReference<HttpEngine> kept = new AtomicReference<>();
    Contexts.of(service).run(context -> kept.set(context.getBean(HttpEngine.class)));

    try (ElumentaClient late = service.client().sharedWith(kept.get()).build()) {
      assertThatThrownBy(late::balance).isInstanceOf(CallInterruptedException.class);
    }
    assertThat(service.requests()).isZero();
  }

  @Test
  void eachGeneratedInterfaceIsABeanOfTheClient() {
    Contexts.of(service)
        .withUserConfiguration(NeedsInterfaces.class)
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              List<Class<?>> all = GeneratedInterfaces.all(getClass().getClassLoader());
              assertThat(all).contains(GenerationsApi.class, ModelsApi.class, UserApi.class);
              for (Class<?> type : all) {
                assertThat(context).getBean(type).isSameAs(client.api(type));
              }
              assertThat(context).getBean("models", Boolean.class).isEqualTo(true);
              assertThat(service.requests("listModels")).isEqualTo(1);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class NeedsInterfaces {
    @Bean
    Boolean models(ModelsApi models, ElumentaCalls calls) {
      assertThat(calls.api(ModelsApi.class)).isSameAs(models);
      return models.listModels() != null;
    }
  }

  @Test
  void anInterfaceOfTheApplicationsOwnTakesThePlaceOfOurs() {
    ModelsApi own = service.client().build().api(ModelsApi.class);
    Contexts.of(service)
        .withBean("own", ModelsApi.class, () -> own)
        .run(
            context -> {
              assertThat(context).getBean(ModelsApi.class).isSameAs(own);
              assertThat(context).hasSingleBean(UserApi.class);
            });
  }

  @Test
  void aClientOfTheApplicationsOwnTakesThePlaceOfOursAndHasTheInterfaces() {
    try (ElumentaClient own = service.client().build()) {
      Contexts.withoutKey()
          .withBean("own", ElumentaClient.class, () -> own)
          .run(
              context -> {
                assertThat(context).getBean(ElumentaClient.class).isSameAs(own);
                assertThat(context).getBean(UserApi.class).isSameAs(own.api(UserApi.class));
              });
    }
  }

  @Test
  void credentialsOfTheApplicationsOwnNeedNoKeyAndComeBeforeOne() {
    List<String> asked = new ArrayList<>();
    Credentials own =
        () -> {
          asked.add("token");
          return service.apiKey();
        };
    Contexts.withoutKey()
        .withPropertyValues("elumenta.base-url=" + service.baseUrl())
        .withBean(Credentials.class, () -> own)
        .run(context -> context.getBean(ElumentaClient.class).balance());
    Contexts.of(service)
        .withPropertyValues("elumenta.api-key=nb_another_key_that_is_never_sent")
        .withBean(Credentials.class, () -> own)
        .run(context -> context.getBean(ElumentaClient.class).balance());

    assertThat(asked).hasSize(2);
    assertThat(service.requests()).isEqualTo(2);
  }

  @Test
  void customizersAreAppliedInTheirOrderAfterTheProperties() {
    Contexts.of(service)
        .withPropertyValues("elumenta.max-concurrent-calls=7")
        .withUserConfiguration(TwoCustomizers.class)
        .run(
            context -> {
              context.getBean(ElumentaClient.class);
              assertThat(context.getBean(TwoCustomizers.class).calls).containsExactly("1 ", "2 ");
              ElumentaClientBuilder another = context.getBean(ElumentaClientBuilder.class);
              assertThat(another).isNotSameAs(context.getBean(ElumentaClientBuilder.class));
              assertThat(BuilderFields.of(another)).containsEntry("mostCalls", 2);
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoCustomizers {
    final List<String> calls = new ArrayList<>();

    @Bean
    @Order(2)
    ElumentaClientBuilderCustomizer second() {
      return new ElumentaClientBuilderCustomizer() {
        @Override
        public void customize(ElumentaClientBuilder builder) {
          throw new AssertionError("The one with the name is what is called.");
        }

        @Override
        public void customize(ElumentaClientBuilder builder, String name) {
          calls.add("2 " + name);
          builder.maxConcurrentCalls(2);
        }
      };
    }

    @Bean
    @Order(1)
    ElumentaClientBuilderCustomizer first() {
      return builder -> {
        calls.add("1 ");
        builder.maxConcurrentCalls(1);
      };
    }
  }

  @Test
  void listenersAreToldAndAJournalOfTheApplicationsIsUsed() {
    List<String> operations = new ArrayList<>();
    CallJournal journal = CallJournal.inMemory();
    Contexts.of(service)
        .withBean(
            CallListener.class,
            () ->
                new CallListener() {
                  @Override
                  public void attemptStarted(CallInfo call, int attempt) {
                    operations.add(call.operation());
                  }
                })
        .withBean(CallJournal.class, () -> journal)
        .run(
            context -> {
              context.getBean(ElumentaClient.class).balance();
              assertThat(BuilderFields.of(context.getBean(ElumentaClientBuilder.class)))
                  .containsEntry("journal", journal);
            });

    assertThat(operations).containsExactly("getBalance");
  }

  @Test
  void eachOfSeveralListenersIsToldInOrderAndHeadersAndContextsAreAskedFor() {
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    Contexts.of(service)
        .withUserConfiguration(TwoListeners.class)
        .withBean("told", List.class, () -> told)
        .withBean(
            AttemptHeaders.class,
            () ->
                (call, attempt) -> {
                  told.add("headers");
                  return Map.of("X-Trace", "t-1");
                })
        .withBean(
            ContextPropagation.class,
            () ->
                () -> {
                  told.add("context");
                  return () -> () -> {};
                })
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              client.async(UserApi.class, UserApi::getMe).join();
            });

    assertThat(told).containsExactly("context", "first", "second", "headers");
    assertThat(service.exchanges().get(0).request().headers().toString())
        .containsIgnoringCase("x-trace=[t-1]");
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoListeners {
    @Bean
    @Order(2)
    CallListener second(@Qualifier("told") List<String> told) {
      return listener("second", told);
    }

    @Bean
    @Order(1)
    CallListener first(@Qualifier("told") List<String> told) {
      return listener("first", told);
    }

    private static CallListener listener(String name, List<String> told) {
      return new CallListener() {
        @Override
        public void attemptStarted(CallInfo call, int attempt) {
          told.add(name);
        }
      };
    }
  }
}
