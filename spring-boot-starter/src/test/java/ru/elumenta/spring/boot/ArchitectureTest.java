package ru.elumenta.spring.boot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import ru.elumenta.client.internal.net.BaseUrl;

/** What wires the client into an application uses it as anyone does. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.spring.boot");

  private static final ArchRule NO_INTERNALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ru.elumenta.client.internal..",
              "ru.elumenta.contract.control..",
              "ru.elumenta.contract.simulator..",
              "ru.elumenta.contract.validation..");

  /** Its package differs between Boot 3 and Boot 4, so one class is loaded only where it is. */
  private static final ArchRule HEALTH_IN_TWO_CLASSES =
      noClasses()
          .that()
          .haveNameNotMatching(".*Health.*")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework.boot.actuate..", "org.springframework.boot.health..");

  @Test
  void theClientIsUsedAsAnyoneUsesIt() {
    NO_INTERNALS.check(CLASSES);
  }

  @Test
  void whatHasMovedBetweenTheTwoBootsIsKnownToHealthAlone() {
    HEALTH_IN_TWO_CLASSES.check(CLASSES);
  }

  @Test
  void itSaysWhatMayBeNull() {
    assertThat(CLASSES.getPackage("ru.elumenta.spring.boot").isAnnotatedWith(NullMarked.class))
        .isTrue();
  }

  /** What must not be known. */
  static final class KnowsInternals {
    private KnowsInternals() {}

    static Class<?> internal() {
      return BaseUrl.class;
    }

    static Class<?> health() {
      return Health.class;
    }
  }

  @Test
  void aWrongImportIsNoticed() {
    JavaClasses wrong = new ClassFileImporter().importClasses(KnowsInternals.class);
    assertThatThrownBy(() -> NO_INTERNALS.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsInternals.internal");
    assertThatThrownBy(() -> HEALTH_IN_TWO_CLASSES.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsInternals.health");
  }
}
