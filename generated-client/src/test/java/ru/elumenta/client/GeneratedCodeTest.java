package ru.elumenta.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.api.Idempotent;
import ru.elumenta.client.api.NoCredentials;

/** What the generator made of the contract: everything, once, and the same each time. */
class GeneratedCodeTest {
  private static final Path GENERATED =
      Path.of("target", "generated-sources", "openapi", "src", "main", "java");
  private static final Path GENERATED_AGAIN =
      Path.of("target", "generated-again", "src", "main", "java");

  private static Map<String, String> sources(Path folder) throws IOException {
    Map<String, String> sources = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        sources.put(
            folder.relativize(file).toString(), Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return sources;
  }

  private static Set<String> classesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.replace(".java", ""))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void generatingTwiceGivesTheSameSourcesByteForByte() throws IOException {
    Map<String, String> once = sources(GENERATED);
    Map<String, String> again = sources(GENERATED_AGAIN);

    assertThat(once).hasSizeGreaterThan(20);
    assertThat(again.keySet()).isEqualTo(once.keySet());
    assertThat(again.keySet())
        .as("sources that came out different the second time")
        .filteredOn(file -> !again.get(file).equals(once.get(file)))
        .isEmpty();
  }

  @Test
  void everySchemaHasOneClassAndEveryClassASchema() throws IOException {
    Set<String> models = classesIn(GENERATED.resolve("ru/elumenta/client/model"));
    Set<String> errors =
        classesIn(
            Path.of("..", "error-model").resolve(GENERATED).resolve("ru/elumenta/error/model"));
    Set<String> byHand = Set.of("GenerationId", "GenerationStatus");

    assertThat(models).doesNotContainAnyElementsOf(errors).doesNotContainAnyElementsOf(byHand);
    Set<String> all = new TreeSet<>(models);
    all.addAll(errors);
    all.addAll(byHand);
    all.add("TranscriptionRequest"); // a form: its members are parameters of the method
    assertThat(all).isEqualTo(Contract.schemas());
  }

  @Test
  void everyOperationHasAMethodAndATwinUnlessItIsWrittenByHand() throws ClassNotFoundException {
    for (Contract.Operation operation : Contract.operations()) {
      Optional<Method> method = operation.javaMethod();
      Optional<Method> twin =
          Stream.of(operation.api().getMethods())
              .filter(each -> each.getName().equals(operation.id() + "WithResponse"))
              .findFirst();
      boolean byHand = operation.node().path("x-hand-written").asBoolean();

      assertThat(method.isPresent()).as(operation.id()).isEqualTo(!byHand);
      assertThat(twin.isPresent()).as(operation.id()).isEqualTo(!byHand);
    }
  }

  @Test
  void idempotencyAndCredentialsReachTheMethod() throws ClassNotFoundException {
    Set<String> idempotent = new TreeSet<>();
    Set<String> withoutCredentials = new TreeSet<>();
    for (Contract.Operation operation : Contract.operations()) {
      operation
          .javaMethod()
          .ifPresent(
              method -> {
                if (method.isAnnotationPresent(Idempotent.class)) {
                  idempotent.add(operation.id());
                }
                if (method.isAnnotationPresent(NoCredentials.class)) {
                  withoutCredentials.add(operation.id());
                }
              });
    }

    assertThat(idempotent)
        .contains("calculatePrice", "rateGeneration", "updateSettings")
        .doesNotContain("createGeneration", "refreshToken", "toggleFavorite", "createKey");
    assertThat(withoutCredentials)
        .contains("login", "register", "refreshToken")
        .doesNotContain("logout", "createGeneration", "getBalance");
  }

  @Test
  void theCatalogueOfModelsIsOfferedAsConstants() throws ReflectiveOperationException {
    Class<?> slugs = Class.forName("ru.elumenta.client.model.ModelSlugs");

    assertThat(slugs.getField("DALL_E_3").get(null)).isEqualTo("dall-e-3");
    assertThat(slugs.getField("GEMINI_2_5_FLASH").get(null)).isEqualTo("gemini-2.5-flash");
    assertThat(slugs.getFields()).filteredOn(field -> field.getType() == String.class).hasSize(45);
    assertThat(slugs.getField("VIDEO").get(null))
        .asInstanceOf(InstanceOfAssertFactories.COLLECTION)
        .contains("kling-v2.1")
        .doesNotContain("gpt-5");
  }
}
