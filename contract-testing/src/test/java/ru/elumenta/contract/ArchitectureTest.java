package ru.elumenta.contract;

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
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages of the test kit point one way, as docs/architecture.md says. */
class ArchitectureTest {
  private static final String WRONG = "ru.elumenta.contract.validation.wrong";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.contract");

  private static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("ru.elumenta.contract..")
          .layer("what tests call")
          .definedBy("ru.elumenta.contract")
          .layer("console")
          .definedBy("ru.elumenta.contract.control")
          .layer("simulated service")
          .definedBy("ru.elumenta.contract.simulator")
          .layer("rules of the contract")
          .definedBy("ru.elumenta.contract.validation..")
          .layer("scenarios")
          .definedBy("ru.elumenta.contract.scenario")
          .layer("exchanges")
          .definedBy("ru.elumenta.contract.exchange")
          .whereLayer("what tests call")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("console")
          .mayOnlyBeAccessedByLayers("what tests call")
          .whereLayer("simulated service")
          .mayOnlyBeAccessedByLayers("what tests call", "console")
          .whereLayer("rules of the contract")
          .mayOnlyBeAccessedByLayers("what tests call", "simulated service")
          .whereLayer("scenarios")
          .mayOnlyBeAccessedByLayers("what tests call", "console", "simulated service")
          .ensureAllClassesAreContainedInArchitecture();

  private static final ArchRule NO_CYCLES =
      slices().matching("ru.elumenta.(**)").should().beFreeOfCycles();

  private static final ArchRule NO_INTERNALS_OF_THE_CLIENT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ru.elumenta.client.internal..", "ru.elumenta.client.check..");

  private static final ArchRule SCHEMAS_BEHIND_THE_RULES =
      noClasses()
          .that()
          .resideOutsideOfPackage("ru.elumenta.contract.validation")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.networknt..");

  private static final ArchRule WIREMOCK_IN_ONE_CLASS =
      noClasses()
          .that()
          .doNotHaveSimpleName("WireMockExchange")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.tomakehurst.wiremock..");

  @Test
  void arrowsPointDownwardsOnly() {
    LAYERS.check(CLASSES);
  }

  @Test
  void noPackagesKnowEachOther() {
    NO_CYCLES.check(CLASSES);
  }

  @Test
  void theClientIsUsedAsAnyoneUsesIt() {
    NO_INTERNALS_OF_THE_CLIENT.check(CLASSES);
  }

  @Test
  void theValidatorOfSchemasIsKnownToTheRulesAndWireMockToOneClass() {
    SCHEMAS_BEHIND_THE_RULES.check(CLASSES);
    WIREMOCK_IN_ONE_CLASS.check(CLASSES);
  }

  @Test
  void whatIsExportedSaysWhatMayBeNull() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(each -> each.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName))
        .contains(
            "ru.elumenta.contract",
            "ru.elumenta.contract.exchange",
            "ru.elumenta.contract.scenario");
  }

  /** The rules are no good if they let a wrong import pass. */
  @Test
  void wrongArrowsAreNoticed() {
    JavaClasses withWrongArrows =
        new ClassFileImporter()
            .withImportOption(
                location -> location.contains("/wrong/") || !location.contains("/test-classes/"))
            .importPackages("ru.elumenta.contract");
    for (ArchRule rule :
        List.of(
            LAYERS,
            NO_CYCLES,
            NO_INTERNALS_OF_THE_CLIENT,
            SCHEMAS_BEHIND_THE_RULES,
            WIREMOCK_IN_ONE_CLASS)) {
      assertThatThrownBy(() -> rule.check(withWrongArrows))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining(WRONG + ".KnowsTheSimulator");
    }
  }
}
