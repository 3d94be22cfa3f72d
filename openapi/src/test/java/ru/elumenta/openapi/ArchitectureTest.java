package ru.elumenta.openapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The module holds the contract's files; its classes are of the build alone. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("ru.elumenta.openapi");

  private static final ArchRule OF_THE_BUILD =
      classes().should().resideInAPackage("ru.elumenta.openapi.codegen");

  private static final ArchRule NOTHING_ABOVE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ru.elumenta.error..", "ru.elumenta.client..", "feign..");

  @Test
  void allClassesAreOfTheBuild() {
    OF_THE_BUILD.check(CLASSES);
  }

  @Test
  void theyKnowNothingOfWhatIsGenerated() {
    NOTHING_ABOVE.check(CLASSES);
  }

  @Test
  void aClassBesideTheFilesIsNoticed() {
    JavaClasses wrong = new ClassFileImporter().importClasses(ArchitectureTest.class);
    assertThatThrownBy(() -> OF_THE_BUILD.check(wrong))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("ru.elumenta.openapi.ArchitectureTest");
  }
}
