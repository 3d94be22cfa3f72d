package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;
import ru.elumenta.client.options.Recovery;

/** Whatever the builder has, the properties have, or there is a reason. */
class PropertiesTest {
  private static final String KEY = "nb_0123456789abcdef0123456789abcdef";

  /** What sets each setter of the builder: the property, or what it begins with. */
  private static final Map<String, String> BY_PROPERTY =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("apiKey", "elumenta.api-key"),
              Map.entry("credentials", "elumenta.session."),
              Map.entry("baseUrl", "elumenta.base-url"),
              Map.entry("attemptTimeout", "elumenta.attempt-timeout"),
              Map.entry("callTimeout", "elumenta.call-timeout"),
              Map.entry("retry", "elumenta.retry."),
              Map.entry("recovery", "elumenta.recovery"),
              Map.entry("journal", "elumenta.journal."),
              Map.entry("maxConcurrentCalls", "elumenta.max-concurrent-calls"),
              Map.entry("polling", "elumenta.polling."),
              Map.entry("streaming", "elumenta.streaming."),
              Map.entry("circuitBreaker", "elumenta.circuit-breaker."),
              Map.entry("pacing", "elumenta.pacing"),
              Map.entry("network", "elumenta.network.")));

  private static final Map<String, String> WITH_A_REASON =
      Map.of(
          "policies", "code; a customizer says it",
          "listener", "beans of the type CallListener",
          "attemptHeaders", "beans of the type AttemptHeaders",
          "contextPropagation", "beans of the type ContextPropagation",
          "executor", "spring.threads.virtual.enabled, else a customizer",
          "transport",
              "it makes its own connections, so it takes a client of the application's own",
          "sharedWith", "the bean of the type HttpEngine",
          "decorate", "code; a customizer says it",
          "timeSource", "for tests; a customizer says it",
          "build", "builds");

  @Test
  void eachSetterOfTheBuilderHasAPropertyOrAReason() {
    Set<String> setters =
        Arrays.stream(ElumentaClientBuilder.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>(BY_PROPERTY.keySet());
    known.addAll(WITH_A_REASON.keySet());

    assertThat(setters).isEqualTo(known);
    Set<String> properties = Metadata.properties().keySet();
    assertThat(BY_PROPERTY.values())
        .allSatisfy(
            begin -> assertThat(properties).anyMatch(property -> property.startsWith(begin)));
  }

  @Test
  void withoutPropertiesTheBuilderHasItsOwnDefaults() {
    Map<String, Object> plain = shown(ElumentaClient.builder());
    Contexts.withoutKey()
        .withPropertyValues("elumenta.api-key=" + KEY)
        .run(
            context -> {
              Map<String, Object> configured = shown(context.getBean(ElumentaClientBuilder.class));
              Set<String> given = Set.of("apiKey", "apiKeySet", "credentials");
              configured.keySet().removeAll(given);
              Map<String, Object> rest = new TreeMap<>(plain);
              rest.keySet().removeAll(given);
              assertThat(configured).isEqualTo(rest);
            });
  }

  @Test
  void theDefaultsThatEditorsShowAreTheOnesThatHold() {
    String[] defaults =
        Metadata.properties().entrySet().stream()
            .filter(entry -> !entry.getValue().defaultValue().isEmpty())
            .map(entry -> entry.getKey() + "=" + entry.getValue().defaultValue())
            .toArray(String[]::new);
    assertThat(defaults).hasSizeGreaterThan(30);
    Contexts.withoutKey()
        .withPropertyValues("elumenta.api-key=" + KEY)
        .run(
            without ->
                Contexts.withoutKey()
                    .withPropertyValues(defaults)
                    .withPropertyValues("elumenta.api-key=" + KEY)
                    .run(
                        with ->
                            assertThat(shown(with.getBean(ElumentaClientBuilder.class)))
                                .isEqualTo(shown(without.getBean(ElumentaClientBuilder.class)))));
  }

  @Test
  void eachChoiceIsOfferedWithADescription() {
    Map<String, String> choices = Metadata.choices("elumenta.recovery");
    assertThat(choices.keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Recovery.values())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList());
    assertThat(choices.values()).allMatch(text -> text.endsWith("."));
    assertThat(Metadata.properties().values())
        .extracting(Metadata.Property::type)
        .filteredOn(type -> type.startsWith("ru.elumenta.")) // no other has choices
        .containsExactly(Recovery.class.getName());
  }

  private static Map<String, Object> shown(ElumentaClientBuilder builder) {
    Map<String, Object> fields = BuilderFields.of(builder);
    fields.replaceAll(
        (name, value) ->
            String.valueOf(value)
                .replaceAll("shared=Optional\\[[^\\]]*\\]", "shared=Optional.empty") // an engine
                .replaceAll("(\\$\\$Lambda|@)[^,\\]]*", ""));
    return fields;
  }

  /**
   * Each property but those of the proxy's user, which nothing shows, and of sessions and files.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "base-url|https://gateway.example/api|baseUrl=https://gateway.example/api",
        "attempt-timeout|11s|attemptTimeout=PT11S",
        "call-timeout|2m|callTimeout=PT2M",
        "recovery|look-up-then-resend|recovery=LOOK_UP_THEN_RESEND",
        "pacing|true|isPaced=true",
        "max-concurrent-calls|12|mostCalls=12",
        "retry.max-attempts|4|maxAttempts=4",
        "retry.first-back-off|2s|firstBackOff=PT2S",
        "retry.max-back-off|40s|maxBackOff=PT40S",
        "retry.jitter|0.5|RetryOptions[maxAttempts=3, firstBackOff=PT1S, maxBackOff=PT30S,"
            + " jitter=0.5",
        "retry.rate-limit-wait|90s|rateLimitWait=PT1M30S",
        "retry.budget|17|budget=17",
        "polling.interval|3s|PollingOptions[interval=PT3S, firstDelay=PT3S",
        "polling.first-delay|9s|firstDelay=PT9S",
        "polling.limit|7m|limit=PT7M",
        "polling.video-limit|20m|videoLimit=PT20M",
        "polling.jitter|0.3|jitter=0.3",
        "polling.max-failed-polls|4|maxFailedPolls=4",
        "streaming.idle|33s|idle=Optional[PT33S]",
        "streaming.limit|31m|limit=PT31M",
        "streaming.keep-text|false|keepsText=false",
        "circuit-breaker.enabled|true|CircuitBreakerOptions[failures=5, pause=PT30S]",
        "network.connect-timeout|4s|connectTimeout=PT4S",
        "network.idle-time|20s|idleTime=PT20S",
        "network.application|shop/1.4|application=shop/1.4",
        "network.direct|true|proxy=none",
        "network.headers.X-Gateway|g-7|headers=[X-Gateway]",
      })
  void eachPropertyReachesTheBuilder(String property, String value, String shown) {
    Contexts.withoutKey()
        .withPropertyValues("elumenta.api-key=" + KEY, "elumenta." + property + "=" + value)
        .run(
            context ->
                assertThat(
                        BuilderFields.of(context.getBean(ElumentaClientBuilder.class)).toString())
                    .contains(shown)
                    .doesNotContain(KEY));
  }

  @Test
  void propertiesThatNeedOneAnotherReachTheBuilderToo() {
    Contexts.withoutKey()
        .withPropertyValues(
            "elumenta.api-key=" + KEY,
            "elumenta.circuit-breaker.enabled=true",
            "elumenta.circuit-breaker.failures=2",
            "elumenta.circuit-breaker.pause=5s",
            "elumenta.journal.file=calls.journal",
            "elumenta.network.proxy.host=proxy.corp",
            "elumenta.network.proxy.port=3128",
            "elumenta.network.proxy.user=ann",
            "elumenta.network.proxy.password=secret-of-ann")
        .run(
            context -> {
              Map<String, Object> fields =
                  BuilderFields.of(context.getBean(ElumentaClientBuilder.class));
              assertThat(fields.toString())
                  .contains("CircuitBreakerOptions[failures=2, pause=PT5S]")
                  .contains("CallJournal[")
                  .contains("proxy=proxy.corp:3128")
                  .doesNotContain("secret-of-ann");
            });
  }

  @Test
  void eachPropertyIsDescribedTypedAndSaysItsDefaultOrInWords() {
    assertThat(Metadata.properties()).hasSizeGreaterThan(40);
    Metadata.properties()
        .forEach(
            (name, property) -> {
              assertThat(name).matches("[a-z]+([.-][a-z]+)*");
              assertThat(property.description()).as(name).endsWith(".");
              assertThat(property.type()).as(name).isNotBlank();
            });
  }
}
