package ru.elumenta.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.net.BaseUrl;

/**
 * The program uses the client and the tester's kit as anyone does, and commands know each other by
 * their tree.
 */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.cli");

  private static final ArchRule NO_INTERNALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ru.elumenta.client.internal..",
              "ru.elumenta.contract.control..",
              "ru.elumenta.contract.simulator..",
              "ru.elumenta.contract.validation..");

  /** What a program finds around it comes from one place, so that tests can give it. */
  private static final ArchRule SURROUNDINGS_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveSimpleName("Main")
          .and()
          .doNotHaveSimpleName("Surroundings")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .accessField(System.class, "in")
          .orShould()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "exit", int.class);

  @Test
  void theClientIsUsedAsAnyoneUsesIt() {
    NO_INTERNALS.check(CLASSES);
  }

  @Test
  void streamsAndEnvironmentComeFromOnePlace() {
    SURROUNDINGS_IN_ONE_PLACE.check(CLASSES);
  }

  @Test
  void itSaysWhatMayBeNull() {
    assertThat(CLASSES.getPackage("ru.elumenta.cli").isAnnotatedWith(NullMarked.class)).isTrue();
  }

  /** What must not be known. */
  static final class KnowsInternals {
    private KnowsInternals() {}

    static Class<?> internal() {
      return BaseUrl.class;
    }

    static void prints() {
      System.out.println();
    }
  }

  @Test
  void aWrongImportIsNoticed() {
    JavaClasses wrong = new ClassFileImporter().importClasses(KnowsInternals.class);
    assertThatThrownBy(() -> NO_INTERNALS.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsInternals.internal");
    assertThatThrownBy(() -> SURROUNDINGS_IN_ONE_PLACE.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("KnowsInternals.prints");
  }
}
