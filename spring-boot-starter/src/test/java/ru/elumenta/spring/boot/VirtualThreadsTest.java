package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import ru.elumenta.client.ElumentaClientBuilder;

class VirtualThreadsTest {
  private static Object executor(String enabled) {
    Object[] found = new Object[1];
    Contexts.withoutKey()
        .withPropertyValues(
            "elumenta.api-key=nb_0123456789abcdef0123456789abcdef",
            "spring.threads.virtual.enabled=" + enabled)
        .run(
            context ->
                found[0] =
                    BuilderFields.of(context.getBean(ElumentaClientBuilder.class)).get("executor"));
    return found[0];
  }

  @Test
  void callsOfAsyncRunOnThemIfBootHasThemOnAndTheJvmHasAny() {
    boolean has = Runtime.version().feature() >= 21;
    assertThat(executor("true") instanceof VirtualThreadTaskExecutor).isEqualTo(has);
    assertThat(executor("false")).isNull();
  }
}
