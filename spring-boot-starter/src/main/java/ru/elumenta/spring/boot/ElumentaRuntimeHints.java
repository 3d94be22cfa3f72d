package ru.elumenta.spring.boot;

import feign.Param;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;
import org.springframework.core.type.filter.TypeFilter;
import org.springframework.util.ClassUtils;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.model.Generation;
import ru.elumenta.error.model.ErrorResponse;

/**
 * What a native image cannot see: proxies of the interfaces that Feign reads, models that Jackson
 * fills, the file with the version. Found by scanning, so that nothing is forgotten when the
 * contract changes.
 */
final class ElumentaRuntimeHints implements RuntimeHintsRegistrar {
  private static final TypeFilter ALL = (type, factory) -> true;

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader given) {
    ClassLoader loader = given == null ? ClassUtils.getDefaultClassLoader() : given;
    String root = ElumentaClient.class.getPackageName();
    for (Class<?> type : ClassScan.of(root, GeneratedInterfaces.HAS_REQUESTS, loader)) {
      hints.proxies().registerJdkProxy(type);
      hints.reflection().registerType(type, MemberCategory.INVOKE_PUBLIC_METHODS);
      for (Class<?> nested : type.getDeclaredClasses()) {
        hints.reflection().registerType(nested, MemberCategory.INVOKE_PUBLIC_METHODS);
      }
      for (Method method : type.getMethods()) {
        for (Parameter parameter : method.getParameters()) {
          expander(hints, parameter.getAnnotation(Param.class));
        }
      }
    }
    BindingReflectionHintsRegistrar json = new BindingReflectionHintsRegistrar();
    for (Class<?> sample : new Class<?>[] {Generation.class, ErrorResponse.class}) {
      for (Class<?> model : ClassScan.of(sample.getPackageName(), ALL, loader)) {
        json.registerReflectionHints(hints.reflection(), model);
        // Members that the contract does not know have methods that are no properties.
        hints
            .reflection()
            .registerType(
                model,
                MemberCategory.INVOKE_PUBLIC_METHODS,
                MemberCategory.INVOKE_DECLARED_METHODS,
                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
      }
    }
    hints.resources().registerPattern("ru/elumenta/client/internal/transport/version.properties");
    // Those of named clients are bound where no processing ahead of time sees it.
    BindableRuntimeHintsRegistrar.forTypes(ElumentaClientProperties.class).registerHints(hints);
  }

  private static void expander(RuntimeHints hints, @Nullable Param named) {
    if (named != null) {
      hints
          .reflection()
          .registerType(named.expander(), MemberCategory.INVOKE_DECLARED_CONSTRUCTORS);
    }
  }
}
