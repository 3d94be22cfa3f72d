package ru.elumenta.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import ru.elumenta.client.ElumentaClient;
import ru.elumenta.error.ElumentaException;

/** Compared with the jars themselves, not with what the hints were made of. */
class RuntimeHintsTest {
  private final RuntimeHints hints = new RuntimeHints();

  RuntimeHintsTest() {
    new ElumentaRuntimeHints().registerHints(hints, getClass().getClassLoader());
  }

  @Test
  void eachInterfaceThatFeignReadsHasAProxyAndItsMethods() throws Exception {
    List<Class<?>> interfaces =
        classes(ElumentaClient.class).stream()
            .filter(Class::isInterface)
            .filter(type -> Stream.of(type.getMethods()).anyMatch(RuntimeHintsTest::isRequest))
            .toList();

    assertThat(interfaces).hasSizeGreaterThan(10);
    for (Class<?> type : interfaces) {
      assertThat(RuntimeHintsPredicates.proxies().forInterfaces(type))
          .as("%s", type)
          .accepts(hints);
      for (Method method : type.getMethods()) {
        assertThat(RuntimeHintsPredicates.reflection().onMethod(method).invoke())
            .as("%s", method)
            .accepts(hints);
      }
    }
  }

  private static boolean isRequest(Method method) {
    return Stream.of(method.getAnnotations())
        .anyMatch(each -> each.annotationType().getName().equals("feign.RequestLine"));
  }

  @Test
  void eachModelCanBeMadeReadAndWritten() throws Exception {
    List<Class<?>> models =
        Stream.concat(
                classes(ElumentaClient.class).stream(), classes(ElumentaException.class).stream())
            .filter(type -> type.getPackageName().endsWith(".model"))
            .filter(type -> Modifier.isPublic(type.getModifiers()) && !type.isInterface())
            .toList();

    assertThat(models).hasSizeGreaterThan(50);
    for (Class<?> model : models) {
      assertThat(RuntimeHintsPredicates.reflection().onType(model)).as("%s", model).accepts(hints);
      for (Method method : model.getDeclaredMethods()) {
        if (Modifier.isPublic(method.getModifiers()) && method.getName().matches("(get|set).+")) {
          assertThat(RuntimeHintsPredicates.reflection().onMethod(method).invoke())
              .as("%s", method)
              .accepts(hints);
        }
      }
    }
  }

  @Test
  void eachResourceOfTheClientIsTakenAlong() throws Exception {
    List<String> resources =
        files(ElumentaClient.class).stream()
            .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF"))
            .toList();

    assertThat(resources).isNotEmpty();
    assertThat(resources)
        .allSatisfy(
            name -> assertThat(RuntimeHintsPredicates.resource().forResource(name)).accepts(hints));
  }

  private static List<Class<?>> classes(Class<?> of) throws Exception {
    return files(of).stream()
        .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
        .<Class<?>>map(name -> loaded(name.replace('/', '.').substring(0, name.length() - 6)))
        .toList();
  }

  private static Class<?> loaded(String name) {
    try {
      return Class.forName(name, false, RuntimeHintsTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> files(Class<?> of) throws Exception {
    URI where = of.getProtectionDomain().getCodeSource().getLocation().toURI();
    if (Files.isDirectory(Path.of(where))) {
      return below(Path.of(where));
    }
    try (FileSystem jar = FileSystems.newFileSystem(URI.create("jar:" + where), Map.of())) {
      return below(jar.getPath("/"));
    }
  }

  private static List<String> below(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .toList();
    }
  }
}
