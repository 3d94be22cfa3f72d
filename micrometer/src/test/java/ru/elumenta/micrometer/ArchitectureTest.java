package ru.elumenta.micrometer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import ru.elumenta.client.internal.call.Deadline;

/** What observes the client uses it as anyone does. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.micrometer");

  private static final ArchRule NO_INTERNALS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ru.elumenta.client.internal..", "org.springframework..");

  private static final ArchRule NO_TRACER =
      noClasses().should().dependOnClassesThat().resideInAPackage("io.micrometer.tracing..");

  @Test
  void theClientIsUsedAsAnyoneUsesIt() {
    NO_INTERNALS.check(CLASSES);
  }

  @Test
  void theTracerIsTheApplicationsOwn() {
    NO_TRACER.check(CLASSES);
  }

  @Test
  void itSaysWhatMayBeNull() {
    assertThat(CLASSES.getPackage("ru.elumenta.micrometer").isAnnotatedWith(NullMarked.class))
        .isTrue();
  }

  /** What must not be known. */
  static final class KnowsInternals {
    private KnowsInternals() {}

    static Class<?> internal() {
      return Deadline.class;
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
