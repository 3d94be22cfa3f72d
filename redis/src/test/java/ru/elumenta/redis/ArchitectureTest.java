package ru.elumenta.redis;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.check.Require;

/** What a fleet shares is built on the client as anyone would, and shows no internals. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.redis");

  private static final ArchRule NO_INTERNALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "ru.elumenta.client.internal..",
              "ru.elumenta.client.check..",
              "ru.elumenta.client.file..",
              "feign..");

  @Test
  void theClientIsUsedAsAnyoneUsesIt() {
    NO_INTERNALS.check(CLASSES);
  }

  @Test
  void itSaysWhatMayBeNull() {
    assertThat(CLASSES.getPackage("ru.elumenta.redis").isAnnotatedWith(NullMarked.class)).isTrue();
  }

  /** What must not be known. */
  static final class KnowsInternals {
    private KnowsInternals() {}

    static Class<?> internal() {
      return Require.class;
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
