package ru.elumenta.spring.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import ru.elumenta.contract.validation.ExchangeCheck;

/** What brings the simulator into a test with Spring uses it as anyone does. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.spring");

  private static final ArchRule NO_INTERNALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ru.elumenta.client.internal..",
              "ru.elumenta.contract.control..",
              "ru.elumenta.contract.simulator..",
              "ru.elumenta.contract.validation..");

  @Test
  void theSimulatorIsUsedAsAnyoneUsesIt() {
    NO_INTERNALS.check(CLASSES);
  }

  @Test
  void noPackagesKnowEachOther() {
    slices().matching("ru.elumenta.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void itSaysWhatMayBeNull() {
    assertThat(CLASSES.getPackage("ru.elumenta.spring.test").isAnnotatedWith(NullMarked.class))
        .isTrue();
  }

  /** What must not be known. */
  static final class KnowsInternals {
    private KnowsInternals() {}

    static Class<?> internal() {
      return ExchangeCheck.class;
    }
  }

  @Test
  void aWrongImportIsNoticed() {
    JavaClasses withWrongArrow = new ClassFileImporter().importClasses(KnowsInternals.class);
    assertThatThrownBy(() -> NO_INTERNALS.check(withWrongArrow))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsInternals.internal");
  }
}
