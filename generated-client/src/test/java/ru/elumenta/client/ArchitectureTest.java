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

  @Test
  void arrowsPointDownwardsOnly() {
    LAYERS.check(CLASSES);
  }

  @Test
  void noPackagesKnowEachOther() {
    slices()
        .matching("ru.elumenta.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(
            resideInAnyPackage("ru.elumenta.client.api", "ru.elumenta.client.model"),
            resideInAnyPackage("ru.elumenta.client.api", "ru.elumenta.client.model"))
        .check(CLASSES);
  }

  @Test
  void failsafeIsKnownToThoseThatRepeatAndBreak() {
    noClasses()
        .that()
        .resideOutsideOfPackage("ru.elumenta.client.internal.call")
        .and()
        .doNotHaveSimpleName("ElumentaClientBuilder") // takes policies of the application
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.failsafe..")
        .check(CLASSES);
  }

  @Test
  void theTransportIsTheDoorToTheNetwork() {
    onlyIn("org.apache.hc..", "ru.elumenta.client.internal.transport").check(CLASSES);
    noClasses().should().dependOnClassesThat().resideInAPackage("java.net.http..").check(CLASSES);
  }

  @Test
  void publicValuesKnowNeitherFeignNorFailsafe() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "ru.elumenta.client.options", "ru.elumenta.client.event", "ru.elumenta.client.error")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("feign..", "dev.failsafe..", "com.fasterxml.jackson.databind..")
        .check(CLASSES);
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

  /** What breaks the rules in each direction; the rules are no good if they let it pass. */
  @Test
  void wrongArrowsAreNoticed() {
    JavaClasses withWrongArrows =
        new ClassFileImporter()
            .importPackages("ru.elumenta.client.options", "ru.elumenta.client.internal.wrong");
    assertThatThrownBy(() -> LAYERS.check(withWrongArrows))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("internal.wrong.KnowsTheClient")
        .hasMessageContaining("options.KnowsInternals");
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
