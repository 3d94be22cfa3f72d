package ru.elumenta.spring.boot;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import ru.elumenta.client.ElumentaCalls;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.ElumentaClientBuilder;

/**
 * Names {@code elumenta.api-key} to who wants a client, or something of one, and gets none because
 * it is missing. Comes before Boot's own analyzer, which would list conditions.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class MissingClientAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {
  private final Environment environment;

  MissingClientAnalyzer(Environment environment) {
    this.environment = environment;
  }

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable root, NoSuchBeanDefinitionException cause) {
    Class<?> wanted =
        cause.getResolvableType() == null ? null : cause.getResolvableType().resolve();
    if (wanted == null || cause instanceof NoUniqueBeanDefinitionException || !isOurs(wanted)) {
      return null;
    }
    Set<String> names = ClientNames.in(environment);
    String key = environment.getProperty("elumenta.api-key");
    if (key != null && !key.isBlank()) {
      return null;
    }
    String others =
        names.isEmpty()
            ? ""
            : " There are clients of the names "
                + String.join(", ", names)
                + ", which are injected by @Qualifier.";
    return new FailureAnalysis(
        "A bean of the type %s is needed, and there is none, because elumenta.api-key is %s.%s"
            .formatted(wanted.getName(), key == null ? "not set" : "blank", others),
        MissingKey.ACTION,
        cause);
  }

  private static boolean isOurs(Class<?> wanted) {
    return wanted == ElumentaClient.class
        || wanted == ElumentaCalls.class
        || wanted == ElumentaClientBuilder.class
        || GeneratedInterfaces.isOne(wanted);
  }
}
