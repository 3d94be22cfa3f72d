package ru.elumenta.spring.boot;

import feign.RequestLine;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.type.filter.TypeFilter;
import ru.elumenta.client.api.GenerationsApi;

/**
 * The interfaces that were generated from the contract: those of their package whose methods are
 * requests. Nothing lists them, and with another contract they are others.
 */
final class GeneratedInterfaces {
  static final TypeFilter HAS_REQUESTS =
      (type, factory) ->
          type.getAnnotationMetadata().isInterface()
              && type.getAnnotationMetadata().hasAnnotatedMethods(RequestLine.class.getName());

  private static final String PACKAGE = GenerationsApi.class.getPackageName();

  private GeneratedInterfaces() {}

  static List<Class<?>> all(ClassLoader loader) {
    return ClassScan.of(PACKAGE, HAS_REQUESTS, loader);
  }

  static boolean isOne(Class<?> type) {
    return type.isInterface()
        && type.getPackageName().equals(PACKAGE)
        && Arrays.stream(type.getMethods())
            .anyMatch(method -> method.isAnnotationPresent(RequestLine.class));
  }
}
