package ru.elumenta.client;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages point one way, as the picture in docs/architecture.md shows. */
class ArchitectureTest {
  private static final String INTERNAL = "ru.elumenta.client.internal.wrong.KnowsTheClient";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("/codegen/")) // of the build
          .importPackages("ru.elumenta");

  private static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("ru.elumenta..")
          .layer("batches")
          .definedBy("ru.elumenta.client.batch")
          .layer("what users call")
          .definedBy("ru.elumenta.client")
          .layer("internals")
          .definedBy("ru.elumenta.client.internal..")
          .layer("public values")
          .definedBy(
              "ru.elumenta.client.options",
              "ru.elumenta.client.event",
              "ru.elumenta.client.session",
              "ru.elumenta.client.journal",
              "ru.elumenta.client.pacing",
              "ru.elumenta.client.error")
          .layer("the contract")
          .definedBy("ru.elumenta.client.api", "ru.elumenta.client.model")
          .layer("leaves")
          .definedBy("ru.elumenta.client.check", "ru.elumenta.client.file")
          .layer("error model")
          .definedBy("ru.elumenta.error..")
          .whereLayer("batches")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("what users call")
          .mayOnlyBeAccessedByLayers("batches")
          .whereLayer("internals")
          .mayOnlyBeAccessedByLayers("what users call")
          .whereLayer("public values")
          .mayOnlyBeAccessedByLayers("batches", "what users call", "internals")
          .whereLayer("the contract")
          .mayOnlyBeAccessedByLayers("batches", "what users call", "internals", "public values")
          .ensureAllClassesAreContainedInArchitecture();

  private static final ArchRule NO_CYCLES =
      slices()
          .matching("ru.elumenta.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(
              resideInAnyPackage("ru.elumenta.client.api", "ru.elumenta.client.model"),
              resideInAnyPackage("ru.elumenta.client.api", "ru.elumenta.client.model"));

  private static final ArchRule FAILSAFE =
      noClasses()
          .that()
          .resideOutsideOfPackage("ru.elumenta.client.internal.call")
          .and()
          .doNotHaveSimpleName("ElumentaClientBuilder") // takes policies of the application
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.failsafe..");

  private static final ArchRule HTTP_CORE =
      onlyIn("org.apache.hc..", "ru.elumenta.client.internal.transport");

  private static final ArchRule CLIENT_OF_THE_JDK =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.net.http..");

  private static final ArchRule SLF4J = onlyIn("org.slf4j..", "ru.elumenta.client.event");

  /** Models say by its annotations how they are read; tables of batches and journals are JSON. */
  private static final ArchRule JACKSON =
      onlyIn(
          "com.fasterxml.jackson..",
          "ru.elumenta.client.internal.codec",
          "ru.elumenta.client.model",
          "ru.elumenta.client.journal",
          "ru.elumenta.client.session",
          "ru.elumenta.client.internal.session",
          "ru.elumenta.client.batch",
          "ru.elumenta.error..");

  private static final ArchRule FEIGN =
      noClasses()
          .that()
          .resideInAnyPackage(
              "ru.elumenta.client.options",
              "ru.elumenta.client.event",
              "ru.elumenta.client.session",
              "ru.elumenta.client.journal",
              "ru.elumenta.client.pacing",
              "ru.elumenta.client.error",
              "ru.elumenta.client.batch",
              "ru.elumenta.client.internal.net")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("feign..");

  @Test
  void arrowsPointDownwardsOnly() {
    LAYERS.check(CLASSES);
  }

  @Test
  void noPackagesKnowEachOther() {
    NO_CYCLES.check(CLASSES);
  }

  @Test
  void failsafeIsKnownToThoseThatRepeatAndBreak() {
    FAILSAFE.check(CLASSES);
  }

  @Test
  void theTransportIsTheDoorToTheNetwork() {
    HTTP_CORE.check(CLASSES);
    CLIENT_OF_THE_JDK.check(CLASSES);
  }

  @Test
  void publicValuesDoNotKnowFeign() {
    FEIGN.check(CLASSES);
  }

  @Test
  void jacksonIsKnownToThoseThatReadAndWriteJson() {
    JACKSON.check(CLASSES);
  }

  @Test
  void slf4jIsKnownToItsListener() {
    SLF4J.check(CLASSES);
  }

  /** All others that are exported; the Kotlin consumer in examples/src/it shows the contract's. */
  @Test
  void onlyGeneratedAndHiddenPackagesDoNotSayWhatMayBeNull() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackage)
                .filter(each -> !each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .filter(name -> !name.contains(".internal")))
        .containsOnly(
            "ru.elumenta.client.api",
            "ru.elumenta.client.model",
            "ru.elumenta.client.check",
            "ru.elumenta.client.file",
            "ru.elumenta.error.model");
  }

  /** The rules are no good if they let a wrong import pass; the page quotes what they say. */
  @Test
  void wrongArrowsAreNoticed() {
    JavaClasses wrong =
        new ClassFileImporter()
            .withImportOption(
                location ->
                    !location.contains("/test-classes/")
                        || location.contains("/wrong/")
                        || location.contains("/KnowsInternals"))
            .withImportOption(location -> !location.contains("/codegen/"))
            .importPackages("ru.elumenta");
    assertThatThrownBy(() -> LAYERS.check(wrong))
        .hasMessageContaining(
            "Method <ru.elumenta.client.internal.wrong.KnowsTheClient.close("
                + "ru.elumenta.client.ElumentaClient)> calls method"
                + " <ru.elumenta.client.ElumentaClient.close()>")
        .hasMessageContaining(references("options.KnowsInternals.arrow", INTERNAL));
    JavaClasses twoPackages = // of all of them there would be a hundred circles
        new ClassFileImporter()
            .importPackages("ru.elumenta.client.options", "ru.elumenta.client.internal.wrong");
    assertThatThrownBy(() -> NO_CYCLES.check(twoPackages))
        .hasMessageContaining("Cycle detected: Slice client.internal.wrong -> ");
    noticed(FEIGN, wrong, "options.KnowsInternals.feign", "feign.Client");
    noticed(FAILSAFE, wrong, "failsafe", "dev.failsafe.Failsafe");
    noticed(HTTP_CORE, wrong, "httpCore", "org.apache.hc.core5.http.HttpHost");
    noticed(CLIENT_OF_THE_JDK, wrong, "clientOfTheJdk", "java.net.http.HttpClient");
    noticed(JACKSON, wrong, "jackson", "com.fasterxml.jackson.databind.json.JsonMapper");
    noticed(SLF4J, wrong, "slf4j", "org.slf4j.LoggerFactory");
  }

  private static void noticed(ArchRule rule, JavaClasses wrong, String method, String type) {
    String from = method.contains(".") ? method : "internal.wrong.KnowsLibraries." + method;
    assertThatThrownBy(() -> rule.check(wrong)).hasMessageContaining(references(from, type));
  }

  private static String references(String method, String type) {
    return "Method <ru.elumenta.client.%s()> references class object <%s>".formatted(method, type);
  }

  private static ArchRule onlyIn(String library, String... packages) {
    return noClasses()
        .that(alwaysTrue())
        .and()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }
}
