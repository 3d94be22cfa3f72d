package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.client.api.UserApi;
import ru.elumenta.client.event.CallInfo;
import ru.elumenta.client.event.CallListener;
import ru.elumenta.contract.ElumentaSimulator;

/**
 * A context that is started again and again in one JVM, with the application's classes in a loader
 * of their own each time, as development tools do.
 */
class ReloadTest {
  private final ElumentaSimulator service = ElumentaSimulator.start();

  @AfterEach
  void stop() {
    service.close();
  }

  /** Stands for what an application has. */
  public static class Listener implements CallListener {
    /** Has none. */
    public Listener() {}

    @Override
    public void attemptStarted(CallInfo call, int attempt) {}
  }

  @Test
  void theClassesOfAClosedContextAreGoneAndSoAreTheThreadsOfItsClient() throws Exception {
    WeakReference<ClassLoader> first = run(new Restarted());
    WeakReference<ClassLoader> second = run(new Restarted());

    assertThat(service.requests()).isEqualTo(4);
    assertGone(first);
    assertGone(second);
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!threads().isEmpty()) {
      assertThat(System.nanoTime()).as("%s", threads()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private WeakReference<ClassLoader> run(Restarted loader) throws Exception {
    CallListener listener =
        (CallListener)
            loader.loadClass(Listener.class.getName()).getDeclaredConstructor().newInstance();
    assertThat(listener.getClass()).isNotEqualTo(Listener.class);
    Contexts.of(service)
        .withClassLoader(loader)
        .withBean(CallListener.class, () -> listener)
        .run(
            context -> {
              ElumentaClient client = context.getBean(ElumentaClient.class);
              client.balance();
              client.async(UserApi.class, UserApi::getMe).join();
            });
    return new WeakReference<>(loader);
  }

  private static void assertGone(WeakReference<ClassLoader> loader) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (loader.get() != null) {
      assertThat(System.nanoTime()).as("classes of a closed context are held").isLessThan(end);
      System.gc();
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("elumenta-") && !name.contains("simulator"))
        .collect(Collectors.toSet());
  }

  /** Has its own copy of the listener; the rest is everybody's. */
  private static final class Restarted extends ClassLoader {
    Restarted() {
      super(ReloadTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Listener.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] code = in.readAllBytes();
        return defineClass(name, code, 0, code.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
