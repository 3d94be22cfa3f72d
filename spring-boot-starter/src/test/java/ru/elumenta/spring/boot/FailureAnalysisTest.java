package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.ModelsApi;

/** What an application that cannot start says, by way of Boot itself. */
class FailureAnalysisTest {
  private static final String KEY = "nb_0123456789abcdef0123456789abcdef";

  @ImportAutoConfiguration({ElumentaAutoConfiguration.class, ElumentaApiAutoConfiguration.class})
  @Configuration(proxyBeanMethods = false)
  static class WantsAClient {
    @Bean
    String needy(ElumentaClient client) {
      return "needs " + client;
    }
  }

  @ImportAutoConfiguration({ElumentaAutoConfiguration.class, ElumentaApiAutoConfiguration.class})
  @Configuration(proxyBeanMethods = false)
  static class WantsAnInterface {
    @Bean
    String needy(ModelsApi models) {
      return "needs " + models;
    }
  }

  @ImportAutoConfiguration({ElumentaAutoConfiguration.class, ElumentaApiAutoConfiguration.class})
  @Configuration(proxyBeanMethods = false)
  static class WantsOneByName {
    @Bean
    String needy(@Qualifier("posters") ElumentaClient client) {
      return "needs " + client;
    }
  }

  @ImportAutoConfiguration({ElumentaAutoConfiguration.class, ElumentaApiAutoConfiguration.class})
  @Configuration(proxyBeanMethods = false)
  static class WantsNothing {}

  @Test
  void whoNeedsAClientOrAnInterfaceWithoutAKeyIsToldOfTheProperty() {
    assertThat(failure(WantsAClient.class, Map.of()).getDescription())
        .contains(ElumentaClient.class.getName(), "elumenta.api-key is not set");
    FailureAnalysis ofInterface = failure(WantsAnInterface.class, Map.of("elumenta.api-key", " "));
    assertThat(ofInterface.getDescription())
        .contains(ModelsApi.class.getName(), "elumenta.api-key is blank");
    assertThat(ofInterface.getAction())
        .startsWith("Set elumenta.api-key")
        .contains("ELUMENTA_API_KEY");
  }

  @Test
  void whoNeedsTheClientWithoutANameIsToldOfThoseWithOne() {
    assertThat(
            failure(WantsAClient.class, Map.of("elumenta.clients.posters.api-key", KEY))
                .getDescription())
        .contains("elumenta.api-key is not set", "posters", "@Qualifier");
  }

  @Test
  void aClientWithANameAndWithoutAKeyNamesItsProperty() {
    FailureAnalysis failure =
        failure(WantsOneByName.class, Map.of("elumenta.clients.posters.pacing", "true"));
    assertThat(failure.getDescription())
        .contains("elumenta.clients.posters.api-key: it is not set");
  }

  @Test
  void whoNeedsNothingStartsWithoutAKey() {
    Recorded.clear();
    start(WantsNothing.class, Map.of()).run();
    assertThat(Recorded.last()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry.max-attempts|0|elumenta.retry: max-attempts must be at least 1, but is 0",
        "retry.jitter|2|elumenta.retry: jitter must be from 0 to 1",
        "polling.interval|0s|elumenta.polling: interval must be longer than zero",
        "streaming.idle|-1s|elumenta.streaming: idle must not be negative",
        "call-timeout|0s|elumenta: call-timeout must be longer than zero",
        "max-concurrent-calls|0|max-concurrent-calls must be 1 or more",
        "network.connect-timeout|0s|elumenta.network: connect-timeout must be longer than zero",
        "network.headers.Authorization|Basic abc|elumenta.network: The header Authorization is the"
            + " client's own",
        "network.proxy.host|a b|elumenta.network.proxy: The proxy's host must be",
        "network.proxy.host|proxy.corp|elumenta.network.proxy: The proxy's port must be from 1 to"
            + " 65535",
        "network.proxy.port|3128|elumenta.network.proxy: The proxy has no host",
        "base-url|http://elumenta.ru|elumenta: ",
        "session.email|ann@example.com|elumenta: there are an api-key and a session",
      })
  void whatTheClientRefusesIsSaidWithTheNameOfTheProperty(
      String property, String value, String sentence) {
    FailureAnalysis failure =
        failure(WantsAClient.class, Map.of("elumenta.api-key", KEY, "elumenta." + property, value));

    assertThat(failure.getDescription()).contains(sentence).doesNotContain(KEY);
    assertThat(failure.getAction()).isNotBlank();
  }

  @Test
  void whatCannotBeReadAsItsTypeIsAFailureOfBinding() {
    FailureAnalysis failure =
        failure(
            WantsAClient.class, Map.of("elumenta.api-key", KEY, "elumenta.call-timeout", "soon"));

    assertThat(failure.getDescription()).contains("elumenta.call-timeout", "soon");
  }

  @Test
  void aKeyThatCannotBeOneIsRefusedWithoutBeingShown() {
    FailureAnalysis failure =
        failure(WantsAClient.class, Map.of("elumenta.api-key", "Bearer " + KEY));

    assertThat(failure.getDescription())
        .contains("elumenta.api-key: The API key begins with \"Bearer \"")
        .doesNotContain(KEY);
  }

  private static FailureAnalysis failure(Class<?> application, Map<String, Object> properties) {
    Recorded.clear();
    assertThatThrownBy(() -> start(application, properties).run()).isNotNull();
    assertThat(Recorded.last()).as("there is an analysis").isNotNull();
    return Recorded.last();
  }

  private static SpringApplicationBuilder start(
      Class<?> application, Map<String, Object> properties) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .bannerMode(Banner.Mode.OFF)
        .properties(properties);
  }
}
